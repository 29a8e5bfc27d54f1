// What changes of the rules mean for open connections and counters, beyond the contract.
import type { Operation } from '@weir/model';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort, plainRealServer, plainService, ProxyLab, startServer, TestClient, until } from './lab.ts';
import type { Address } from './lab.ts';

const vip = '127.0.44.200';
const [rip1, rip2] = ['127.0.44.20', '127.0.44.30'];
let lab: ProxyLab;

afterEach(() => lab.close());

async function refusesConnections({ vip: host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(false));
    socket.on('error', (error) => resolve('code' in error && error.code === 'ECONNREFUSED'));
    socket.on('close', () => socket.destroy());
  });
}

describe('removing', () => {
  test('a real server resets its own connections only, and the service keeps what it counted', async () => {
    lab = await ProxyLab.open(vip);
    const [one, two] = [await lab.serve(rip1), await lab.serve(rip2)];
    for (const { endpoint } of [one, two]) await lab.add(endpoint);
    const clients = [lab.client(), lab.client()];
    for (const client of clients) await client.servedBy();
    for (const client of clients) await client.exchange();
    const cut = clients.find(({ text }) => text.startsWith(one.key));
    const kept = clients.find(({ text }) => text.startsWith(two.key));
    const before = (await lab.look(two.endpoint)).service.counters;
    await lab.remove(one.endpoint);
    expect(await cut?.over()).toBe('ECONNRESET');
    await kept?.exchange();
    const { service, counters } = await lab.look(two.endpoint);
    expect(service.realServers).toHaveLength(1);
    expect([before.connections, service.counters.connections, counters.connections]).toEqual([2n, 2n, 1n]);
    expect([before.bytesIn, service.counters.bytesIn, counters.bytesIn]).toEqual([8n, 12n, 8n]);
  });

  test('and adding a real server again lets it begin anew, while the service goes on counting', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    await lab.client().servedBy();
    await lab.remove(endpoint);
    await lab.add(endpoint);
    expect((await lab.look(endpoint)).counters).toMatchObject({ connections: 0n, bytesIn: 0n, bytesOut: 0n });
    await lab.client().servedBy();
    const { service, counters } = await lab.look(endpoint);
    expect([service.counters.connections, counters.connections]).toEqual([2n, 1n]);
  });

  test('a service resets its own connections only and frees its address at once', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    const other: Address = { ...lab.service, port: await freePort(vip) };
    const addOther: Operation[] = [
      { kind: 'addService', service: other, settings: plainService },
      { kind: 'addRealServer', service: other, realServer: { endpoint, settings: plainRealServer } },
    ];
    const removeOther: Operation = {
      kind: 'removeService', service: other, removed: { address: other, settings: plainService, realServers: [] },
    };
    await lab.apply(...addOther);
    const kept = lab.client();
    const cut = new TestClient(other);
    await Promise.all([kept.servedBy(), cut.servedBy()]);
    await lab.apply(removeOther);
    expect(await cut.over()).toBe('ECONNRESET');
    expect(await refusesConnections(other)).toBe(true);
    await kept.exchange();
    await lab.apply(...addOther, removeOther, ...addOther);
    const again = new TestClient(other);
    await again.servedBy();
    await again.close();
  });

  test('what is in the middle of its end leaves nothing behind', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint, accepted } = await lab.serve(rip1);
    for (let round = 0; round < 20; round += 1) {
      await lab.add(endpoint);
      const client = lab.client();
      await client.servedBy();
      accepted.at(-1)?.end();
      client.socket.end();
      await lab.remove(endpoint);
      expect(['ended', 'ECONNRESET']).toContain(await client.over());
    }
    await until('nothing is left', async () => (await lab.proxy.connections(0)).total === 0);
  });
});

describe('thresholds', () => {
  const upToTwo = { thresholds: { upper: 2, lower: 0 } };

  test('a real server at its upper one gets no new connections until it is below three quarters of it', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint, upToTwo);
    const [one, two] = [lab.client(), lab.client()];
    await Promise.all([one.servedBy(), two.servedBy()]);
    expect(await lab.client().over()).toBe('ECONNRESET');
    await Promise.all([one.exchange(), two.exchange()]);
    await one.close();
    await until('it is gone', async () => (await lab.proxy.connections(0)).total === 1);
    await lab.client().servedBy();
  });

  test('with a lower one it waits until it is below that', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint, { thresholds: { upper: 2, lower: 1 } });
    const [one, two] = [lab.client(), lab.client()];
    await Promise.all([one.servedBy(), two.servedBy()]);
    await one.close();
    await until('it is gone', async () => (await lab.proxy.connections(0)).total === 1);
    expect(await lab.client().over()).toBe('ECONNRESET');
    await two.close();
    await until('it is gone', async () => (await lab.proxy.connections(0)).total === 0);
    await lab.client().servedBy();
  });

  test('raised or taken away they let clients in at once', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint, { thresholds: { upper: 1, lower: 0 } });
    await lab.client().servedBy();
    expect(await lab.client().over()).toBe('ECONNRESET');
    await lab.set(endpoint, upToTwo);
    await lab.client().servedBy();
    expect(await lab.client().over()).toBe('ECONNRESET');
    await lab.set(endpoint, {});
    await lab.client().servedBy();
  });
});

describe('closing', () => {
  test('resets every connection, and frees every address', async () => {
    lab = await ProxyLab.open(vip);
    const { endpoint } = await lab.serve(rip1);
    await lab.add(endpoint);
    const clients = Array.from({ length: 50 }, () => lab.client());
    await Promise.all(clients.map((client) => client.servedBy()));
    await lab.proxy.close();
    expect(new Set(await Promise.all(clients.map((client) => client.over())))).toEqual(new Set(['ECONNRESET']));
    expect(await refusesConnections(lab.service)).toBe(true);
  });

  test('finishes an apply that is under way before', async () => {
    lab = await ProxyLab.open(vip);
    const other = await startServer(rip2);
    const applying = lab.proxy.apply([
      { kind: 'addService', service: { ...lab.service, port: await freePort(vip) }, settings: plainService },
    ], { onFailure: 'goOn' });
    const closing = lab.proxy.close();
    expect(await applying).toEqual([{ status: 'done' }]);
    await closing;
    await other.stop();
  });
});

test('two hundred clients at work notice nothing of a hundred changes', async () => {
  lab = await ProxyLab.open(vip, {}, { scheduler: { name: 'wrr' } });
  const [one, two] = [await lab.serve(rip1), await lab.serve(rip2)];
  await lab.add(one.endpoint);
  const clients = Array.from({ length: 200 }, () => lab.client());
  await Promise.all(clients.map((client) => client.servedBy()));
  const work = Promise.all(clients.map(async (client) => {
    for (let round = 0; round < 10; round += 1) await client.exchange();
  }));
  for (let change = 0; change < 25; change += 1) {
    await lab.add(two.endpoint, { weight: change });
    await lab.set(one.endpoint, { weight: change % 3 });
    await lab.set(two.endpoint, { weight: 0 });
    await lab.remove(two.endpoint);
  }
  await work;
  expect((await lab.look(one.endpoint)).counters).toMatchObject({ connections: 200n, bytesIn: 8_000n });
});
