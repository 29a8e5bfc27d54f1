// Who is remembered by a persistent service, for how long, and what makes it forget.
import type { Persistence, ServiceSettings } from '@weir/model';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProxyTuning } from '../tuning.ts';
import { freePort, ProxyLab, startServer, until } from './lab.ts';
import type { TestServer } from './lab.ts';

const vip = '127.0.48.200';
const [rip1, rip2] = ['127.0.48.20', '127.0.48.30'];
let lab: ProxyLab;

afterEach(() => lab.close());

/** Shorter than a definition may say, so that tests need not wait. */
function remembering(changes: Partial<Persistence> = {}): { persistence: Persistence } {
  return { persistence: { timeoutSeconds: 60, prefixLength: 24, engine: null, ...changes } };
}

async function openWithTwo(tuning: Partial<ProxyTuning>, settings: Partial<ServiceSettings>): Promise<[TestServer, TestServer]> {
  lab = await ProxyLab.open(vip, tuning, settings);
  const servers: [TestServer, TestServer] = [await lab.serve(rip1), await lab.serve(rip2)];
  for (const { endpoint } of servers) await lab.add(endpoint);
  return servers;
}

/** Who serves a client from that address, which then goes again. */
async function visit(from: string): Promise<string> {
  const client = lab.client({ from });
  const servedBy = await client.servedBy();
  await client.close();
  await until('it is gone', async () => !(await lab.proxy.connections(100)).entries.some(({ clientPort }) => clientPort === client.socket.localPort));
  return servedBy;
}

async function persistent({ endpoint }: TestServer): Promise<number | null> {
  return (await lab.look(endpoint)).connections.persistent;
}

describe('a client', () => {
  test('and all of its network go to one real server, other networks take their turn', async () => {
    const [one, two] = await openWithTwo({}, remembering());
    expect([await visit('127.1.1.1'), await visit('127.1.1.250'), await visit('127.1.2.1'), await visit('127.1.1.7'), await visit('127.1.2.9')])
      .toEqual([one.key, one.key, two.key, one.key, two.key]);
    expect([await persistent(one), await persistent(two)]).toEqual([1, 1]);
  });

  test('is remembered while it is connected and for the timeout after that', async () => {
    const [one, two] = await openWithTwo({}, remembering({ timeoutSeconds: 0.2 }));
    expect(await visit('127.1.1.1')).toBe(one.key);
    const client = lab.client({ from: '127.1.1.1' });
    expect(await client.servedBy()).toBe(one.key);
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 400) await client.exchange();
    expect(await visit('127.1.1.1')).toBe(one.key);
    await client.close();
    const leftAtMs = performance.now();
    expect(await persistent(one)).toBe(1);
    await until('it is forgotten', async () => await persistent(one) === 0);
    expect(performance.now() - leftAtMs).toBeGreaterThan(150);
    expect(await visit('127.1.1.1')).toBe(two.key);
  });

  test('goes to its real server at weight 0 and above the threshold, where others do not', async () => {
    const [one, two] = await openWithTwo({}, remembering());
    expect(await visit('127.1.1.1')).toBe(one.key);
    await lab.set(one.endpoint, { weight: 0 });
    expect([await visit('127.1.1.1'), await visit('127.1.2.1'), await visit('127.1.3.1')]).toEqual([one.key, two.key, two.key]);
    await lab.set(one.endpoint, { thresholds: { upper: 1, lower: 0 } });
    const held = lab.client({ from: '127.1.1.1' });
    await held.servedBy();
    expect([await visit('127.1.1.1'), await visit('127.1.4.1'), await visit('127.1.5.1')]).toEqual([one.key, two.key, two.key]);
  });

  test('by IPv6 is told apart by its own netmask', async () => {
    lab = await ProxyLab.open('::1', {}, remembering({ prefixLength: 128 }));
    const [one, two] = [await lab.serve('::1'), await lab.serve('::1')];
    for (const { endpoint } of [one, two]) await lab.add(endpoint);
    expect([await visit('::1'), await visit('::1')]).toEqual([one.key, one.key]);
  });
});

describe('a real server', () => {
  test('that is removed is forgotten with its clients, one that comes back begins anew', async () => {
    const [one, two] = await openWithTwo({}, remembering());
    expect(await visit('127.1.1.1')).toBe(one.key);
    await lab.remove(one.endpoint);
    expect(await visit('127.1.1.1')).toBe(two.key);
    await lab.add(one.endpoint);
    expect([await persistent(one), await persistent(two)]).toEqual([0, 1]);
    expect(await visit('127.1.1.1')).toBe(two.key);
  });

  test('that is dead loses its clients to another, which keeps them', async () => {
    lab = await ProxyLab.open(vip, {}, remembering());
    const dead = { rip: rip1, port: await freePort(rip1) };
    const alive = await lab.serve(rip2);
    await lab.add(dead);
    await lab.add(alive.endpoint);
    expect(await visit('127.1.1.1')).toBe(alive.key);
    expect((await lab.look(dead)).connections.persistent).toBe(0);
    const revived = await startServer(rip1, undefined, dead.port);
    for (let count = 0; count < 4; count += 1) expect(await visit('127.1.1.1')).toBe(alive.key);
    expect(revived.accepted).toEqual([]);
    await revived.stop();
    expect(await persistent(alive)).toBe(1);
  });
});

describe('a change', () => {
  test('of the netmask or of persistence itself forgets everybody, one of the timeout nobody', async () => {
    const [one, two] = await openWithTwo({}, remembering());
    expect(await visit('127.1.1.1')).toBe(one.key);
    await lab.setService(remembering({ timeoutSeconds: 30 }));
    expect(await visit('127.1.1.2')).toBe(one.key);
    await lab.setService(remembering({ prefixLength: 32 }));
    expect([await persistent(one), await visit('127.1.1.1'), await visit('127.1.1.2'), await visit('127.1.1.1')]).toEqual([0, two.key, one.key, two.key]);
    await lab.setService({});
    expect([await persistent(one), await persistent(two)]).toEqual([0, 0]);
    expect(new Set([await visit('127.1.1.1'), await visit('127.1.1.1')]).size).toBe(2);
  });

  test('to a shorter timeout holds for whom is remembered already', async () => {
    const [one] = await openWithTwo({}, remembering());
    expect(await visit('127.1.1.1')).toBe(one.key);
    await lab.setService(remembering({ timeoutSeconds: 0.05 }));
    await until('it is forgotten', async () => await persistent(one) === 0);
  });
});

test('at the bound new clients are refused and counted, remembered ones are served', async () => {
  const [one] = await openWithTwo({ maxTemplates: 1 }, remembering());
  expect(await visit('127.1.1.1')).toBe(one.key);
  expect(await lab.client({ from: '127.1.2.1' }).over()).toBe('ECONNRESET');
  expect(lab.proxy.refused.templatesFull).toBe(1n);
  expect(await visit('127.1.1.1')).toBe(one.key);
  await lab.setService(remembering({ timeoutSeconds: 0.05 }));
  await until('there is room', async () => await persistent(one) === 0);
  await visit('127.1.2.1');
});
