// What becomes of clients when a real server, a client or the proxy's own bounds fail them.
import { afterEach, describe, expect, test } from 'vitest';
import { openBlackhole } from './blackhole.ts';
import type { Blackhole } from './blackhole.ts';
import { freePort, ProxyLab, until } from './lab.ts';

const vip = '127.0.43.200';
const [rip1, rip2, rip3] = ['127.0.43.20', '127.0.43.30', '127.0.43.40'];
let lab: ProxyLab;
let blackhole: Blackhole | null = null;

afterEach(async () => {
  await lab.close();
  await blackhole?.stop();
  blackhole = null;
});

/** Where nobody listens: connections are refused. */
async function refusing(rip: string) {
  return { rip, port: await freePort(rip) };
}

async function total(): Promise<number | null> {
  return (await lab.proxy.connections(0)).total;
}

describe('a dead real server', () => {
  test('that refuses costs a try on another; what the client sent meanwhile is not lost', async () => {
    lab = await ProxyLab.open(vip);
    const dead = await refusing(rip1);
    const alive = await lab.serve(rip2);
    await lab.add(dead);
    await lab.add(alive.endpoint);
    const client = lab.client();
    client.socket.end('early words');
    expect(await client.over()).toBe('ended');
    expect(client.text).toBe(`${alive.key}\nearly words`);
    await until('it is gone', async () => await total() === 0);
    const { counters, service } = await lab.look(alive.endpoint);
    expect([counters.connections, service.counters.connections]).toEqual([1n, 1n]);
    expect((await lab.look(dead)).counters).toMatchObject({ connections: 0n, bytesIn: 0n, bytesOut: 0n });
  });

  test('that does not answer costs the connect deadline', async () => {
    lab = await ProxyLab.open(vip, { connectDeadlineMs: 150 });
    blackhole = await openBlackhole(rip1);
    const alive = await lab.serve(rip2);
    await lab.add(blackhole.endpoint);
    await lab.add(alive.endpoint);
    const startedAtMs = performance.now();
    const client = lab.client();
    client.socket.write('ping');
    await until('it is connecting', async () => await total() === 1);
    expect((await lab.proxy.connections(1)).entries).toMatchObject([{ state: 'SYN_SENT', rip: rip1 }]);
    expect((await lab.look(blackhole.endpoint)).connections.active).toBe(1);
    expect(await client.servedBy()).toBe(alive.key);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(145);
    await until('the early bytes are answered', () => client.text.endsWith('\nping'));
    expect((await lab.look(blackhole.endpoint)).connections.active).toBe(0);
  });

  test('is tried once for one client, and so are at most as many as may be', async () => {
    lab = await ProxyLab.open(vip, { connectTries: 2 });
    for (const rip of [rip1, rip2]) await lab.add(await refusing(rip));
    const alive = await lab.serve(rip3);
    await lab.add(alive.endpoint);
    expect(await lab.client().over()).toBe('ECONNRESET');
    expect(await lab.client().servedBy()).toBe(alive.key);
    expect(lab.proxy.refused).toEqual({ noRealServer: 1n, serviceFull: 0n, forwarderFull: 0n, sourceFull: 0n, templatesFull: 0n, queueFull: 0n });
  });

  test('that is removed while it is being connected to leaves the client to another', async () => {
    lab = await ProxyLab.open(vip);
    blackhole = await openBlackhole(rip1);
    const alive = await lab.serve(rip2);
    await lab.add(blackhole.endpoint);
    await lab.add(alive.endpoint);
    const client = lab.client();
    await until('it is connecting', async () => await total() === 1);
    await lab.remove(blackhole.endpoint);
    expect(await client.servedBy()).toBe(alive.key);
  });

  test('a source address that this host does not have refuses clients at once', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint, accepted } = await lab.serve(rip1);
    await lab.add(endpoint, { method: { kind: 'proxied', source: '192.0.2.1' } });
    expect(await lab.client().over()).toBe('ECONNRESET');
    expect(accepted).toEqual([]);
  });
});

describe('a service without usable real servers', () => {
  test('resets its clients and counts them nowhere as served', async () => {
    lab = await ProxyLab.open(vip);
    expect(await lab.client().over()).toBe('ECONNRESET');
    const one = await lab.serve(rip1);
    await lab.add(one.endpoint, { weight: 0 });
    expect(await lab.client().over()).toBe('ECONNRESET');
    await lab.apply({
      kind: 'setService', service: lab.service,
      before: { scheduler: { name: 'rr' }, persistence: null, onePacket: false },
      after: { scheduler: { name: 'wrr' }, persistence: null, onePacket: false },
    });
    expect(await lab.client().over()).toBe('ECONNRESET');
    const { service, counters } = await lab.look(one.endpoint);
    expect([service.counters.connections, counters.connections, one.accepted.length]).toEqual([0n, 0n, 0]);
    expect(lab.proxy.refused.noRealServer).toBe(3n);
    await lab.set(one.endpoint, { weight: 1 });
    expect(await lab.client().servedBy()).toBe(one.key);
  });
});

describe('a reset', () => {
  test('by the client reaches the real server', async () => {
    lab = await ProxyLab.open(vip);
    let code = '';
    const { endpoint } = await lab.serve(rip1, (socket) => {
      socket.write('hello\n');
      socket.on('error', (error) => { code = 'code' in error ? String(error.code) : ''; });
      socket.resume();
    });
    await lab.add(endpoint);
    const client = lab.client();
    await client.servedBy();
    client.socket.resetAndDestroy();
    await until('the real server sees it', () => code === 'ECONNRESET');
    await until('it is gone', async () => await total() === 0);
    expect((await lab.look(endpoint)).connections).toEqual({ active: 0, inactive: 0, persistent: 0 });
  });

  test('by the real server reaches the client', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint, accepted } = await lab.serve(rip1);
    await lab.add(endpoint);
    const client = lab.client();
    await client.servedBy();
    accepted[0]?.resetAndDestroy();
    expect(await client.over()).toBe('ECONNRESET');
    await until('it is gone', async () => await total() === 0);
  });

  test('by a client that still waits for a real server ends the attempt', async () => {
    lab = await ProxyLab.open(vip, { connectDeadlineMs: 60_000 });
    blackhole = await openBlackhole(rip1);
    await lab.add(blackhole.endpoint);
    const client = lab.client();
    await until('it is connecting', async () => await total() === 1);
    client.socket.resetAndDestroy();
    await until('it is gone', async () => await total() === 0);
    expect((await lab.look(blackhole.endpoint)).connections.active).toBe(0);
    expect(lab.proxy.refused.noRealServer).toBe(0n);
  });
});

describe('deadlines', () => {
  test('a silent connection is reset at both ends, one that speaks is not', async () => {
    lab = await ProxyLab.open(vip, { idleDeadlineMs: 200 });
    const { endpoint, accepted } = await lab.serve(rip1);
    await lab.add(endpoint);
    const [silent, speaking] = [lab.client(), lab.client()];
    await Promise.all([silent.servedBy(), speaking.servedBy()]);
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 500) await speaking.exchange();
    expect(await silent.over()).toBe('ECONNRESET');
    await until('the real server lost one', () => accepted.filter(({ destroyed }) => destroyed).length === 1);
    await speaking.exchange();
    expect(await speaking.over()).toBe('ECONNRESET');
  });

  test('a connection that one side ended waits less', async () => {
    lab = await ProxyLab.open(vip, { idleDeadlineMs: 60_000, finDeadlineMs: 150 });
    const { endpoint } = await lab.serve(rip1, (socket) => socket.write('and then I say nothing\n'));
    await lab.add(endpoint);
    const client = lab.client();
    await client.servedBy();
    client.socket.end();
    await until('it is half-closed', async () => (await lab.look(endpoint)).connections.inactive === 1);
    expect((await lab.proxy.connections(1)).entries).toMatchObject([{ state: 'CLOSE_WAIT' }]);
    expect(await client.over()).toBe('ECONNRESET');
    expect(await total()).toBe(0);
  });
});

describe('bounds', () => {
  test('a full service resets new clients and takes them again when there is room', async () => {
    lab = await ProxyLab.open(vip, { maxConnectionsPerService: 2 });
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    const [one, two] = [lab.client(), lab.client()];
    await Promise.all([one.servedBy(), two.servedBy()]);
    expect(await lab.client().over()).toBe('ECONNRESET');
    expect(lab.proxy.refused).toEqual({ noRealServer: 0n, serviceFull: 1n, forwarderFull: 0n, sourceFull: 0n, templatesFull: 0n, queueFull: 0n });
    await one.close();
    await until('there is room', async () => await total() === 1);
    await lab.client().servedBy();
    await two.exchange();
  });

  test('so does a full proxy', async () => {
    lab = await ProxyLab.open(vip, { maxConnections: 1 });
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    const first = lab.client();
    await first.servedBy();
    expect(await lab.client().over()).toBe('ECONNRESET');
    expect(lab.proxy.refused).toEqual({ noRealServer: 0n, serviceFull: 0n, forwarderFull: 1n, sourceFull: 0n, templatesFull: 0n, queueFull: 0n });
    await first.close();
    await until('there is room', async () => await total() === 0);
    await lab.client().servedBy();
  });

  test('one client has no more than its part, others are served; its own network is one client in IPv6', async () => {
    lab = await ProxyLab.open(vip, { maxConnectionsPerSource: 2 });
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    const greedy = [lab.client({ from: '127.1.1.1' }), lab.client({ from: '127.1.1.1' })];
    await Promise.all(greedy.map((client) => client.servedBy()));
    expect(await lab.client({ from: '127.1.1.1' }).over()).toBe('ECONNRESET');
    expect(lab.proxy.refused).toMatchObject({ sourceFull: 1n, serviceFull: 0n });
    await lab.client({ from: '127.1.1.2' }).servedBy();
    await greedy[0]?.close();
    await until('there is room', async () => await total() === 2);
    await lab.client({ from: '127.1.1.1' }).servedBy();
  });

  test('each real server has all of the source ports, and one that is taken is passed over', async () => {
    const first = 20_000;
    lab = await ProxyLab.open(vip, { sourcePorts: { first, last: first + 2 }, connectTries: 1 });
    const source = '127.0.43.10';
    const [one, two] = [await lab.serve(rip1), await lab.serve(rip2)];
    for (const { endpoint } of [one, two]) await lab.add(endpoint, { method: { kind: 'proxied', source } });
    for (let count = 0; count < 6; count += 1) await lab.client().servedBy();
    for (const { accepted } of [one, two]) {
      expect(new Set(accepted.map(({ remotePort }) => remotePort))).toEqual(new Set([first, first + 1, first + 2]));
    }
    expect(await lab.client().over()).toBe('ECONNRESET');
  });
});
