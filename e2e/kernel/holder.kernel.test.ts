// A VIP goes from one director to another while clients ask: first given up here, then taken and announced there.
import { ipv6Of, tutorial } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import type { ClusterDefinition } from '@weir/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Director } from '@weir/agent/testing/director';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, director as directorId, realServers, service, standby as standbyId, vips } from './testing/cluster.ts';

const vm = useKernelVm();
const address = vips.ipv4;

let bench: Bench;
let standby: Director;
beforeAll(async () => {
  bench = await startBench(vm(), { standby: true });
  if (bench.standby === null) throw new Error('the bench has a standby');
  ({ standby } = bench);
});
afterAll(() => bench.close());

function heldBy(holder: string): ClusterDefinition {
  const echo = service('echo', { match: { kind: 'address', protocol: 'tcp', vip: address, port: 7 }, realServers: realServers({ kind: 'dr' }, 7) });
  return cluster([echo], {
    directors: [[directorId, tutorial.director], [standbyId, tutorial.standby]].map(([id = '', dip = '']) => ({ directorId: id, dip: { ipv4: dip, ipv6: ipv6Of(dip) } })),
    vips: [address, vips.ipv6].map((vip) => ({ address: vip, holder })),
  });
}

async function holders(): Promise<string[]> {
  const hosts = ['director', 'standby'];
  const found = await Promise.all(hosts.map((host) => bench.network.host(host).run('ip -brief address show eth0')));
  return hosts.filter((_, at) => found[at]?.includes(`${address}/32`));
}

/** Which host the client sends to. */
async function sendsTo(): Promise<string | undefined> {
  const said = await bench.network.host('client').run(`ip neigh show ${address}`);
  return ['director', 'standby', 'rs1', 'rs2'].find((host) => said.includes(bench.network.mac(host, 'eth0')));
}

it('both directors have the services, and only the holder the VIPs', async () => {
  for (const one of [bench.director, standby]) expect((await one.apply(heldBy(directorId))).outcome).toEqual({ kind: 'applied' });
  expect(await holders()).toEqual(['director']);
  expect(await standby.place.run('ipvsadm -Sn')).toBe(await bench.director.place.run('ipvsadm -Sn'));
  expect((await bench.client.askTcp({ address, port: 7, count: 4 })).failures).toEqual({});
  expect(await sendsTo()).toBe('director');
});

it('moved and not confirmed it goes back, though its old holder wants it before the new one has given it up', async () => {
  const { director } = bench;
  const confirmWithinMs = 3_600_000;
  const given = await director.apply(heldBy(standbyId), { confirmWithinMs });
  const taken = await standby.apply(heldBy(standbyId), { confirmWithinMs });
  expect(await holders()).toEqual(['standby']);
  expect(await director.client.goBack.mutate({ applyId: given.applyId })).toMatchObject({ confirmation: { kind: 'waiting', goingBack: true } });
  expect(await holders()).toEqual(['standby']);
  expect(await standby.client.goBack.mutate({ applyId: taken.applyId })).toMatchObject({ confirmation: { kind: 'wentBack', remaining: [] } });
  await expect.poll(() => director.client.applyStatus.query({ applyId: given.applyId }), { timeout: 120_000 })
    .toMatchObject({ confirmation: { kind: 'wentBack', base: 1, remaining: [] } });
  expect(await holders()).toEqual(['director']);
  await expect.poll(sendsTo, { timeout: 60_000 }).toBe('director');
  expect((await bench.client.askTcp({ address, port: 7, count: 4 })).failures).toEqual({});
});

it('moved under load, clients go on at the new holder, which announces itself; no more is lost than what was open', async () => {
  const { load, director, network } = bench;
  const concurrency = 4;
  // On a slow machine nobody has the VIP for a while: the client goes on asking for it.
  await network.host('client').run('echo 60 > /proc/sys/net/ipv4/neigh/eth0/mcast_solicit');
  await load.begin({ address, port: 7, concurrency, requestsPerConnection: 2, pauseMs: 5, deadlineMs: 60_000 });
  await expect.poll(async () => (await load.soFar()).connections, { timeout: 60_000 }).toBeGreaterThan(50);
  expect((await director.apply(heldBy(standbyId))).steps.map(({ operation: { kind } }) => kind)).toEqual(['removeVip', 'removeVip']);
  expect(await holders()).toEqual([]);
  const capture = await network.host('client').capture('eth0', { filter: 'arp' });
  expect((await standby.apply(heldBy(standbyId))).steps.map(({ operation: { kind } }) => kind)).toEqual(['addVip', 'addVip']);
  expect(await holders()).toEqual(['standby']);
  const { connections } = await load.soFar();
  await expect.poll(async () => (await load.soFar()).connections, { timeout: 120_000 }).toBeGreaterThan(connections + 100);
  const { failures } = await load.end();
  expect(Object.values(failures).reduce((sum, count) => sum + count, 0), `failed by ${JSON.stringify(failures)}`).toBeLessThanOrEqual(concurrency);
  expect(await sendsTo()).toBe('standby');
  const announced = (await capture.stop()).filter(({ arp }) => arp?.senderIp === address && arp.targetIp === address);
  expect(new Set(announced.map(({ sourceMac }) => sourceMac))).toEqual(new Set([network.mac('standby', 'eth0')]));
  expect((await bench.client.askTcp({ address, port: 7, count: 20 })).failures).toEqual({});
});

it('the VIP of a holder whose agent is gone is served on, and is not taken while that host answers for it', async () => {
  const { director, network } = bench;
  await standby.kill();
  expect((await bench.client.askTcp({ address, port: 7, count: 8 })).failures).toEqual({});
  const { steps, outcome } = await director.apply(heldBy(directorId), { onFailure: 'goOn' });
  expect(outcome.kind).toBe('partlyApplied');
  expect(steps).toContainEqual(expect.objectContaining({
    operation: { kind: 'addVip', vip: address, interface: 'eth0' },
    result: { status: 'failed', fault: expect.objectContaining({ code: 'addressInUse', message: expect.stringContaining(network.mac('standby', 'eth0')) as unknown }) as unknown },
  }));
  expect(await holders()).toEqual(['standby']);
  expect((await bench.client.askTcp({ address, port: 7, count: 8 })).failures).toEqual({});
});

it('once that host is off, the other takes it, and its clients go on', async () => {
  const { director } = bench;
  await standby.place.run('ip link set eth0 down');
  const { steps, outcome } = await director.apply(heldBy(directorId));
  expect(steps.map(({ operation: { kind } }) => kind)).toEqual(['addVip', 'addVip']);
  expect(outcome).toEqual({ kind: 'applied' });
  await expect.poll(sendsTo, { timeout: 60_000 }).toBe('director');
  expect((await bench.client.askTcp({ address, port: 7, count: 8 })).failures).toEqual({});
});
