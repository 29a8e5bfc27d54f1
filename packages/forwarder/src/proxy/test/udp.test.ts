// UDP through the proxy: flows, their bounds and ends, and datagrams that are scheduled one by one.
import type { ServiceSettings } from '@weir/model';
import { createCipheriv } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProxyTuning } from '../tuning.ts';
import { startDatagramServer } from './datagrams.ts';
import type { DatagramServer } from './datagrams.ts';
import { applyTo, freePort, plainService, ProxyLab, until } from './lab.ts';

const vip = '127.0.49.200';
const dip = '127.0.49.10';
const [rip1, rip2] = ['127.0.49.20', '127.0.49.30'];
let lab: ProxyLab;

afterEach(() => lab.close());

function open(tuning: Partial<ProxyTuning> = {}, settings: Partial<ServiceSettings> = {}, at = vip): Promise<ProxyLab> {
  return ProxyLab.open(at, tuning, settings, 'udp');
}

async function openWithTwo(tuning: Partial<ProxyTuning> = {}, settings: Partial<ServiceSettings> = {}): Promise<[DatagramServer, DatagramServer]> {
  lab = await open(tuning, settings);
  const servers: [DatagramServer, DatagramServer] = [await lab.serveDatagrams(rip1), await lab.serveDatagrams(rip2)];
  for (const { endpoint } of servers) await lab.add(endpoint, { method: { kind: 'proxied', source: dip } });
  return servers;
}

async function total(): Promise<number | null> {
  return (await lab.proxy.connections(0)).total;
}

/** The same bytes for the same length, and others for another. */
function bytes(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, length & 255), Buffer.alloc(16)).update(Buffer.alloc(length));
}

describe('a flow', () => {
  test('stays with one real server and carries datagrams of every size byte for byte', async () => {
    const [one] = await openWithTwo();
    const client = lab.datagramClient();
    const sizes = [1, 0, 1_472, 1_473, 9_000, 65_506, 65_507];
    for (const size of sizes) expect((await client.ask(bytes(size))).equals(bytes(size))).toBe(true);
    expect(one.heard.map(({ address, size }) => [address, size])).toEqual(sizes.map((size) => [dip, size]));
    const sum = BigInt(sizes.reduce((before, size) => before + size, 0));
    const { counters, connections, service } = await lab.look(one.endpoint);
    expect(counters).toEqual({ connections: 1n, bytesIn: sum, bytesOut: sum, packetsIn: 'userSpace', packetsOut: 'userSpace' });
    expect(service.counters).toEqual(counters);
    // As in IPVS, where only TCP and SCTP have active connections.
    expect(connections).toEqual({ active: 0, inactive: 1, persistent: 0 });
  });

  test('is one client\'s port: clients take their turn, and each hears only its own answers', async () => {
    const [one, two] = await openWithTwo();
    const clients = Array.from({ length: 200 }, () => lab.datagramClient());
    const answers = await Promise.all(clients.map(async (client, index) => {
      const servedBy = await client.ask('who');
      for (let count = 0; count < 5; count += 1) expect(String(await client.ask(`${index} ${count}`))).toBe(`${index} ${count}`);
      return String(servedBy);
    }));
    expect([one.key, two.key].map((key) => answers.filter((answer) => answer === key).length)).toEqual([100, 100]);
    expect((await lab.look(one.endpoint)).service.counters.connections).toBe(200n);
    expect(await total()).toBe(200);
  });

  test('is listed with all four ends, like the kernel lists it', async () => {
    const [one] = await openWithTwo();
    const client = lab.datagramClient();
    await client.ask('who');
    const { address, port } = client.socket.address();
    expect((await lab.proxy.connections(10)).entries).toEqual([{
      protocol: 'udp', state: 'UDP', expiresInMs: expect.any(Number), cip: address, clientPort: port, vip, virtualPort: lab.service.port,
      dip, directorPort: one.heard[0]?.port, rip: rip1, realPort: one.endpoint.port, mark: null, origin: 'local', template: false,
    }]);
  });

  test('ends after its timeout without datagrams, and its client is scheduled anew', async () => {
    const [one, two] = await openWithTwo({ udpTimeoutMs: 150 });
    const client = lab.datagramClient();
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 400) expect(String(await client.ask('who'))).toBe(one.key);
    await until('it ended', async () => await total() === 0);
    expect((await lab.look(one.endpoint)).connections.inactive).toBe(0);
    expect(String(await client.ask('who'))).toBe(two.key);
  });

  test('lives on while only one side speaks', async () => {
    lab = await open({ udpTimeoutMs: 150 });
    const mute = createSocket('udp4');
    const { port } = await new Promise<{ port: number }>((resolve) => { mute.bind(0, rip1, () => resolve(mute.address())); });
    await lab.add({ rip: rip1, port });
    const client = lab.datagramClient();
    const heard = async (): Promise<bigint> => {
      const { bytesIn } = (await lab.look({ rip: rip1, port })).counters;
      return typeof bytesIn === 'bigint' ? bytesIn : 0n;
    };
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 400) {
      const before = await heard();
      await client.send('anybody there?');
      await until('it is forwarded', async () => await heard() > before);
    }
    expect((await lab.look({ rip: rip1, port })).counters.connections).toBe(1n);
    mute.close();
  });

  test('is heard from its real server alone', async () => {
    const [one, two] = await openWithTwo();
    const client = lab.datagramClient();
    await client.ask('who');
    const [{ port } = { port: 0 }] = one.heard;
    await new Promise((resolve) => { two.socket.send('forged', port, dip, resolve); });
    expect(String(await client.ask('real'))).toBe('real');
    expect(client.heard.map(String)).not.toContain('forged');
  });

  test('by IPv6 goes to IPv6 and IPv4 real servers', async () => {
    lab = await open({}, {}, '::1');
    const [six, four] = [await lab.serveDatagrams('::1'), await lab.serveDatagrams(rip1)];
    for (const { endpoint } of [six, four]) await lab.add(endpoint);
    expect([await lab.datagramClient().servedBy(), await lab.datagramClient().servedBy()]).toEqual([six.key, four.key]);
    expect((await lab.proxy.connections(1)).entries).toMatchObject([{ cip: '::1', vip: '::1', dip: '::1', rip: '::1' }]);
  });

  test('of a persistent service goes where its network goes', async () => {
    const [one, two] = await openWithTwo({}, { persistence: { timeoutSeconds: 60, prefixLength: 24, engine: null } });
    const served = ['127.1.1.1', '127.1.1.2', '127.1.2.1', '127.1.1.3'].map((from) => lab.datagramClient(from));
    const answers: string[] = [];
    for (const client of served) answers.push(await client.servedBy());
    expect(answers).toEqual([one.key, one.key, two.key, one.key]);
    expect((await lab.look(one.endpoint)).connections).toEqual({ active: 0, inactive: 3, persistent: 1 });
  });
});

describe('a change', () => {
  test('to weight 0 leaves flows where they are and brings no new ones', async () => {
    const [one, two] = await openWithTwo();
    const client = lab.datagramClient();
    expect(await client.servedBy()).toBe(one.key);
    await lab.set(one.endpoint, { weight: 0, method: { kind: 'proxied', source: dip } });
    expect(await client.servedBy()).toBe(one.key);
    expect([await lab.datagramClient().servedBy(), await lab.datagramClient().servedBy()]).toEqual([two.key, two.key]);
  });

  test('that removes a real server ends its flows; the next datagram goes to another', async () => {
    const [one, two] = await openWithTwo();
    const client = lab.datagramClient();
    expect(await client.servedBy()).toBe(one.key);
    await lab.remove(one.endpoint);
    expect(await total()).toBe(0);
    expect(String(await client.ask('who'))).toBe(two.key);
  });

  test('that removes the service frees its address at once', async () => {
    const [one] = await openWithTwo();
    const client = lab.datagramClient();
    await client.ask('who');
    const again = { kind: 'addService', service: lab.service, settings: plainService } as const;
    await lab.apply({ kind: 'removeService', service: lab.service, removed: { address: lab.service, settings: plainService, realServers: [] } }, again);
    await lab.add(one.endpoint);
    expect(await client.servedBy()).toBe(one.key);
    expect(await total()).toBe(1);
  });

  test('cannot have an address that another program has', async () => {
    lab = await open();
    const port = await freePort(vip);
    const other = createSocket('udp4');
    await new Promise<void>((resolve) => { other.bind(port, vip, resolve); });
    const [result] = await applyTo(lab.proxy, { kind: 'addService', service: { ...lab.service, port }, settings: plainService });
    expect(result).toEqual({
      status: 'failed',
      fault: { code: 'addressInUse', errno: 'EADDRINUSE', message: `cannot listen on udp ${vip}:${port}: another program listens there` },
    });
    other.close();
  });
});

describe('a real server', () => {
  test('that is dead from the beginning costs its first datagram', async () => {
    lab = await open();
    await lab.add({ rip: rip1, port: await freePort(rip1) });
    const alive = await lab.serveDatagrams(rip2);
    await lab.add(alive.endpoint);
    const client = lab.datagramClient();
    expect(await client.servedBy()).toBe(alive.key);
    expect(await client.servedBy()).toBe(alive.key);
    expect(await total()).toBe(1);
  });

  test('that dies loses its flows to another, and is asked again when it is back', async () => {
    const [one, two] = await openWithTwo();
    const client = lab.datagramClient();
    expect(await client.servedBy()).toBe(one.key);
    await one.stop();
    expect(await client.servedBy()).toBe(two.key);
    expect((await lab.look(one.endpoint)).connections.inactive).toBe(0);
    const revived = await startDatagramServer(rip1, one.endpoint.port);
    const later = [lab.datagramClient(), lab.datagramClient()];
    expect(new Set(await Promise.all(later.map((each) => each.servedBy())))).toEqual(new Set([one.key, two.key]));
    await revived.stop();
  });

  test('to which there is no way from here costs nothing: what was not sent goes to another', async () => {
    lab = await open();
    await lab.add({ rip: rip1, port: 9 }, { method: { kind: 'proxied', source: '192.0.2.1' } });
    const alive = await lab.serveDatagrams(rip2);
    await lab.add(alive.endpoint);
    expect(String(await lab.datagramClient().ask('the first and only one'))).toBe('the first and only one');
    expect(lab.proxy.refused.noRealServer).toBe(0n);
  });

  test('without which there is nobody else costs the datagrams, which are counted; nothing stays behind', async () => {
    lab = await open();
    await lab.add({ rip: rip1, port: 9 }, { method: { kind: 'proxied', source: '192.0.2.1' } });
    const client = lab.datagramClient();
    for (let count = 0; count < 3; count += 1) {
      await client.send('lost');
      await until('it is dropped', () => lab.proxy.refused.noRealServer === BigInt(count + 1));
    }
    await until('nothing is left', async () => await total() === 0);
    expect((await lab.look({ rip: rip1, port: 9 })).counters.bytesIn).toBe(0n);
    const alive = await lab.serveDatagrams(rip2);
    await lab.add(alive.endpoint);
    expect(await client.servedBy()).toBe(alive.key);
  });
});

describe('bounds', () => {
  test('a full service drops the datagrams of new clients and counts them, until there is room', async () => {
    const [one] = await openWithTwo({ maxConnectionsPerService: 1, udpTimeoutMs: 200 });
    const [first, second] = [lab.datagramClient(), lab.datagramClient()];
    expect(await first.servedBy()).toBe(one.key);
    await second.send('lost');
    await second.send('lost too');
    await until('they are dropped', () => lab.proxy.refused.serviceFull === 2n);
    expect(String(await first.ask('still here'))).toBe('still here');
    await second.servedBy();
    expect(await total()).toBe(1);
    expect(second.heard.map(String)).not.toContain('lost');
  });

  test('so does a full proxy', async () => {
    await openWithTwo({ maxConnections: 1 });
    await lab.datagramClient().servedBy();
    await lab.datagramClient().send('lost');
    await until('it is dropped', () => lab.proxy.refused.forwarderFull === 1n);
    expect(await total()).toBe(1);
  });

  test('what waits for a socket that is not there yet is bounded too', async () => {
    const [one] = await openWithTwo({ maxUnsentDatagrams: 2 });
    const client = lab.datagramClient();
    await Promise.all(Array.from({ length: 50 }, (_, index) => client.send(`${index}`)));
    await until('all are answered or dropped', () => BigInt(client.heard.length) + lab.proxy.refused.queueFull === 50n);
    expect(one.heard.length).toBe(client.heard.length);
  });
});

describe('one-packet scheduling', () => {
  test('schedules each datagram by itself and brings every answer back', async () => {
    const [one, two] = await openWithTwo({}, { onePacket: true });
    const client = lab.datagramClient();
    const answers: string[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(String(await client.ask('who')));
    expect(answers).toEqual([one.key, two.key, one.key, two.key, one.key, two.key]);
    const { counters, connections, service } = await lab.look(one.endpoint);
    expect([service.counters.connections, counters.connections, service.counters.bytesIn]).toEqual([6n, 3n, 18n]);
    // No entry outlives its datagram: neither counted as a connection nor held against a threshold.
    expect(connections).toEqual({ active: 0, inactive: 0, persistent: 0 });
  });

  test('forgets the way back when answers may no longer come', async () => {
    await openWithTwo({ onePacketReplyMs: 80 }, { onePacket: true });
    const client = lab.datagramClient();
    await client.ask('who');
    await client.ask('who');
    expect(await total()).toBe(2);
    await until('it is forgotten', async () => await total() === 0);
  });

  test('keeps to the bound, and a flow from before it goes on until it ends', async () => {
    const [one, two] = await openWithTwo({ maxConnectionsPerService: 2 });
    const old = lab.datagramClient();
    expect(await old.servedBy()).toBe(one.key);
    await lab.setService({ onePacket: true });
    for (let count = 0; count < 3; count += 1) expect(await old.servedBy()).toBe(one.key);
    const client = lab.datagramClient();
    expect(String(await client.ask('who'))).toBe(two.key);
    await client.send('for the first real server, to which there is no room for a path');
    await until('it is dropped', () => lab.proxy.refused.serviceFull === 1n);
    expect(String(await client.ask('who'))).toBe(two.key);
  });

  test('of a persistent service keeps to the template', async () => {
    const [one] = await openWithTwo({}, { onePacket: true, persistence: { timeoutSeconds: 60, prefixLength: 32, engine: null } });
    const client = lab.datagramClient();
    for (let count = 0; count < 4; count += 1) expect(await client.servedBy()).toBe(one.key);
  });
});
