// Contract: services of UDP, and datagrams that are scheduled one by one.
import { endpointKey, serviceKey } from '@weir/model';
import { describe, expect, test, vi } from 'vitest';
import type { ContractDatagrams } from './fixture.ts';
import { addService, setService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

function datagramsOf(subject: ContractSubject): ContractDatagrams {
  const { datagrams } = subject.fixture;
  if (datagrams === undefined) throw new Error('a fixture of a driver with UDP has `datagrams`');
  return datagrams;
}

export function datagramsContract(subject: ContractSubject): void {
  const can = subject.traits.capabilities;
  describe('UDP', () => {
    test('at an address and port is another service than TCP', async () => {
      const { services: [web] } = subject.fixture;
      const { service, endpoints: [rs1] } = datagramsOf(subject);
      if (web.kind !== 'address') throw new Error('the fixture\'s services have addresses');
      const twin = { ...web, protocol: 'udp' as const };
      await subject.prepare(addService(web), addService(twin), addService(service), subject.add(service, rs1));
      expect(Object.keys(await subject.table()).sort()).toEqual([web, twin, service].map(serviceKey).sort());
    });

    test.runIf(can.onePacket)('can be told to schedule each datagram by itself, and told otherwise', async () => {
      const { service } = datagramsOf(subject);
      await subject.prepare(addService(service, { onePacket: true }));
      expect((await subject.settingsOf(service))?.onePacket).toBe(true);
      await subject.prepare(setService(service));
      expect((await subject.settingsOf(service))?.onePacket).toBe(false);
    });

    if (subject.traits.traffic) datagramTrafficContract(subject);
  });
}

function datagramTrafficContract(subject: ContractSubject): void {
  const can = subject.traits.capabilities;
  const settled = { timeout: can.countersRefreshMs * 2 + 30_000, interval: 20 };

  test('keeps a client with one real server, at weight 0 too, and counts it once', async () => {
    const { service, endpoints: [rs1, rs2], open } = datagramsOf(subject);
    await subject.prepare(addService(service), subject.add(service, rs1), subject.add(service, rs2));
    const clients = [await open(service), await open(service)];
    const served = [await clients[0]?.ask(), await clients[1]?.ask()];
    expect(new Set(served)).toEqual(new Set([endpointKey(rs1), endpointKey(rs2)]));
    await subject.prepare(subject.set(service, rs1, { weight: 0 }));
    for (let count = 0; count < 3; count += 1) expect([await clients[0]?.ask(), await clients[1]?.ask()]).toEqual(served);
    await vi.waitFor(async () => expect((await subject.sampleOf(service)).counters.connections).toBe(2n), settled);
    const fresh = await open(service);
    expect(await fresh.ask()).toBe(endpointKey(rs2));
    for (const client of [...clients, fresh]) client.close();
  });

  test.runIf(can.removal === 'reset')('takes a client whose real server was removed to another', async () => {
    const { service, endpoints: [rs1, rs2], open } = datagramsOf(subject);
    await subject.prepare(addService(service), subject.add(service, rs1));
    const client = await open(service);
    expect(await client.ask()).toBe(endpointKey(rs1));
    await subject.prepare(subject.add(service, rs2), subject.remove(service, rs1));
    expect(await client.ask()).toBe(endpointKey(rs2));
    client.close();
  });

  test.runIf(can.onePacket)('one by one is shared in turn, and each datagram counts', async () => {
    const { service, endpoints: [rs1, rs2], open } = datagramsOf(subject);
    await subject.prepare(addService(service, { onePacket: true }), subject.add(service, rs1), subject.add(service, rs2));
    const client = await open(service);
    // Without waiting for answers: the kernel's NAT remembers nothing by which it could translate them.
    for (let count = 0; count < 4; count += 1) await client.tell();
    await vi.waitFor(async () => expect((await subject.sampleOf(service)).counters.connections).toBe(4n), settled);
    expect((await subject.sampleOf(service)).realServers.map(({ counters }) => counters.connections)).toEqual([2n, 2n]);
    client.close();
  });
}
