// ipvsadm as a witness: what the agent says of the kernel, field by field, and what the kernel has after Weir's changes.
import * as fc from 'fast-check';
import { tutorial } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import { endpointKey, serviceKey } from '@weir/model';
import type { ActualService, Counters } from '@weir/model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { definition as arbitraryDefinition } from './testing/arbitrary.ts';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, realServers, service, vips } from './testing/cluster.ts';
import { printedConnections, printedTable, type PrintedService } from './testing/counters.ts';
import { ruleLines, sortedLines, wantedLines } from './testing/ipvsadm.ts';
import { scrapedServices } from './testing/scraped.ts';

const vm = useKernelVm();
const dr = { kind: 'dr' } as const;
const address = vips.ipv4;

const definition = cluster([
  service('web', { persistence: { timeoutSeconds: 300, prefixLength: 24, engine: null }, realServers: realServers(dr, 80, 'ipv4', { thresholds: { upper: 50, lower: 10 } }) }),
  service('echo', { match: { kind: 'address', protocol: 'tcp', vip: address, port: 7 }, scheduler: { name: 'wlc' }, realServers: realServers(dr, 7) }),
  service('dns', { match: { kind: 'address', protocol: 'udp', vip: vips.ipv6, port: 53 }, scheduler: { name: 'sh', fallback: true, port: true }, realServers: realServers(dr, 53, 'ipv6') }),
]);

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  await bench.director.apply(definition);
  await bench.client.askHttp({ address, port: 80, count: 5 });
  await bench.client.askUdp({ address: vips.ipv6, port: 53, count: 3 });
  for (let at = 0; at < 3; at++) await bench.client.hold({ address, port: 7 });
});
afterAll(() => bench.close());

const protocolNames = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const;

function nameOf({ address: of }: ActualService): string {
  return of.kind === 'mark' ? `FWM ${of.mark}` : serviceKey(of).replace(/^\w+/, protocolNames[of.protocol]);
}

const methodNames = { nat: 'Masq', dr: 'Route', tun: 'Tunnel' } as const;

async function actual(): Promise<ActualService[]> {
  return (await bench.director.client.actual.query()).actual.services;
}

const asText = (one: object): string => JSON.stringify(one);

function counted({ connections, packetsIn, packetsOut, bytesIn, bytesOut }: Counters): string[] {
  return [connections, packetsIn, packetsOut, bytesIn, bytesOut].map((one) => (one === 'replyBypassesDirector' ? '0' : String(one)));
}

/** One line for each service and each real server, in an order of their own. */
function tabulated(services: readonly PrintedService[]): string[] {
  return services.flatMap(({ name, columns, realServers: all }) => [`${name} ${columns.join(' ')}`, ...all.map((one) => `${name} ${one.name} ${one.columns.join(' ')}`)]).toSorted();
}

describe('what the agent says is what ipvsadm prints', () => {
  it('of services and real servers, with their connections (-Ln, --thresholds, --persistent-conn)', async () => {
    const told = (await actual()).flatMap((one) => one.realServers.map(({ endpoint, settings: { method, weight, thresholds }, connections }) => ({
      service: nameOf(one), realServer: endpointKey(endpoint), method: method.kind === 'proxied' ? '?' : methodNames[method.kind], weight, thresholds, connections })));
    const { place } = bench.director;
    const [plain, limits, persistent] = [await printedTable(place, ''), await printedTable(place, '--thresholds'), await printedTable(place, '--persistent-conn')];
    const printed = plain.flatMap((one, at) => one.realServers.map(({ name, columns: [method, weight, active, inactive] }, rs) => {
      const [upper, lower] = limits[at]?.realServers[rs]?.columns ?? [];
      return {
        service: one.name, realServer: name, method, weight: Number(weight), thresholds: { upper: Number(upper), lower: Number(lower) },
        connections: { active: Number(active), inactive: Number(inactive), persistent: Number(persistent[at]?.realServers[rs]?.columns[1]) },
      };
    }));
    expect(told.map(asText).toSorted()).toEqual(printed.map(asText).toSorted());
    expect(told.reduce((sum, { connections: { active, inactive } }) => sum + active + inactive, 0)).toBe(11);
    expect((await actual()).every(({ foreign }) => !foreign)).toBe(true);
  });

  it('of rules (-Sn)', async () => {
    expect(await ruleLines(bench.director.place)).toEqual(wantedLines(definition));
  });

  it('of counters (--stats --exact), but for the replies of DR, which the director does not see', async () => {
    const { director } = bench;
    // The kernel renews its counters every 2 s: when the traffic is over, both come to the same.
    await expect.poll(async () => (await printedTable(director.place, '--stats --exact')).reduce((sum, { columns: [connections] }) => sum + Number(connections), 0), { timeout: 60_000 }).toBe(11);
    const told = (): string[] => tabulated((director.sample()?.services ?? []).map(({ key: name, counters, realServers: all }) => (
      { name: name.replace(/^\w+/, (protocol) => protocol.toUpperCase()), columns: counted(counters), realServers: all.map((one) => ({ name: one.key, columns: counted(one.counters) })) })));
    await vi.waitFor(async () => expect(told()).toEqual(tabulated(await printedTable(director.place, '--stats --exact'))), { timeout: 60_000, interval: 200 });
    expect(director.sample()?.services[0]?.counters).toMatchObject({ packetsOut: 'replyBypassesDirector', bytesOut: 'replyBypassesDirector' });
  });

  it('of counters, to Prometheus too', async () => {
    const { director } = bench;
    await vi.waitFor(async () => expect(tabulated(scrapedServices(await director.metrics()))).toEqual(tabulated(await printedTable(director.place, '--stats --exact'))), { timeout: 60_000, interval: 200 });
    const metrics = await director.metrics();
    expect(metrics.get('weir_vip_held')?.samples.map(({ labels: { vip }, value }) => [vip, value])).toEqual([[vips.ipv4, 1], [vips.ipv6, 1]]);
    expect(metrics.get('weir_service_packets')?.samples.filter(({ labels }) => labels.direction === 'out')).toEqual([]);
  });

  it('of connections and templates (-Lnc)', async () => {
    const printed = await printedConnections(bench.director.place);
    const { entries } = await bench.director.client.connections.query({ limit: 100 });
    const told = entries.map(({ protocol, state, cip, clientPort, vip, virtualPort, rip, realPort }) => ({ protocol, state, cip, clientPort, vip, virtualPort, rip, realPort }));
    expect(told.map(asText).toSorted()).toEqual(printed.map(({ protocol, state, cip, clientPort, vip, virtualPort, rip, realPort }) => (
      asText({ protocol, state, cip, clientPort, vip, virtualPort, rip, realPort }))).toSorted());
    for (const { expiresInSeconds, clientPort, virtualPort } of printed) {
      const { expiresInMs } = entries.find((one) => one.clientPort === clientPort && one.virtualPort === virtualPort) ?? {};
      expect(Math.abs((expiresInMs ?? 0) / 1_000 - expiresInSeconds)).toBeLessThan(60);
    }
    expect(entries.filter(({ state }) => state === 'ESTABLISHED')).toHaveLength(3);
  });
});

describe('behind Weir’s back', () => {
  it('a service that ipvsadm made is foreign, and no change touches it that does not say so', async () => {
    const foreign = [`-A -t ${address}:9999 -s rr`, `-a -t ${address}:9999 -r ${tutorial.realServers[0]}:9999 -g -w 5`];
    const { director } = bench;
    await director.place.run('ipvsadm -R', { input: `${foreign.join('\n')}\n` });
    expect((await actual()).filter(({ foreign: is }) => is).map(nameOf)).toEqual([`TCP ${address}:9999`]);
    expect(await director.client.state.query()).toMatchObject({ driftCount: 0 });
    expect(await director.apply(definition)).toMatchObject({ steps: [], outcome: { kind: 'applied' } });
    expect(await ruleLines(director.place)).toEqual(sortedLines([...wantedLines(definition), ...foreign]));
    const mine = cluster([...definition.services, service('mine', { match: { kind: 'address', protocol: 'tcp', vip: address, port: 9999 }, realServers: realServers(dr, 9999) })]);
    const { operations } = await director.client.plan.mutate({ clusterId: 'cluster-1', revision: 999, definition: mine });
    expect(operations.map(({ operation }) => operation.kind), 'only a person who has read that may order it').toEqual(['adoptService', 'addRealServer', 'setRealServer']);
    await director.place.run(`ipvsadm -D -t ${address}:9999`);
  });

  it('a rule of Weir’s that ipvsadm changed is drift since then, and stays as it is until somebody applies', async () => {
    const { director } = bench;
    await director.place.run(`ipvsadm -e -t ${address}:7 -r ${tutorial.realServers[0]}:7 -g -w 9; ipvsadm -D -u [${vips.ipv6}]:53`);
    const changed = await ruleLines(director.place);
    await expect.poll(() => director.client.state.query(), { timeout: 60_000 }).toMatchObject({ driftCount: 4, driftSinceMs: expect.any(Number) as unknown });
    const { drift } = await director.client.state.query();
    expect(drift).toContainEqual(expect.objectContaining({ kind: 'setRealServer', before: expect.objectContaining({ weight: 9 }) as unknown, after: expect.objectContaining({ weight: 1 }) as unknown }));
    expect(drift.map(({ kind }) => kind).toSorted()).toEqual(['addRealServer', 'addRealServer', 'addService', 'setRealServer']);
    await director.kill();
    await director.restart();
    await expect.poll(() => director.client.state.query(), { timeout: 60_000 }).toMatchObject({ driftCount: 4 });
    expect(await ruleLines(director.place)).toEqual(changed);
    expect((await director.apply(definition)).outcome).toEqual({ kind: 'applied' });
    expect(await ruleLines(director.place)).toEqual(wantedLines(definition));
    expect(await director.client.state.query()).toMatchObject({ driftCount: 0, driftSinceMs: null });
  });
});

it('random definitions, one applied after the other, always end in exactly the wanted table', async () => {
  const { director } = bench;
  for (const next of fc.sample(arbitraryDefinition, { numRuns: 6, seed: 4_711 })) {
    expect((await director.apply(next)).outcome).toEqual({ kind: 'applied' });
    expect(await ruleLines(director.place)).toEqual(wantedLines(next));
  }
  expect((await director.apply(null)).outcome).toEqual({ kind: 'applied' });
  expect(await ruleLines(director.place)).toEqual([]);
  expect(await director.place.run('ip -brief address show eth0')).not.toMatch(/8\.200|::200/);
});
