// Contract: what rules and their changes mean for connections, and what is counted of them.
import { counterNames, endpointKey, noRefusals } from '@weir/model';
import type { Counter, Counters, ServiceAddress } from '@weir/model';
import { describe, expect, test, vi } from 'vitest';
import { addService, removeService, schedulerOf, setService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

async function exchangeOnce(subject: ContractSubject, service: ServiceAddress): Promise<string> {
  const connection = await subject.connect(service);
  await connection.exchange();
  await connection.close();
  return connection.servedBy;
}

function hasFallen(was: Counter, is: Counter): boolean {
  return typeof was === 'string' || typeof is === 'string' ? was !== is : is < was;
}

function fallen(before: Counters, after: Counters): string[] {
  return counterNames.filter((name) => hasFallen(before[name], after[name]));
}

export function changesContract(subject: ContractSubject): void {
  describe('connections', () => {
    test('stay at weight 0, which takes no new ones', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1), subject.add(web, rs2));
      const held = await Promise.all([subject.connect(web), subject.connect(web)]);
      expect(new Set(held.map(({ servedBy }) => servedBy))).toEqual(new Set([endpointKey(rs1), endpointKey(rs2)]));
      await subject.prepare(subject.set(web, rs1, { weight: 0 }));
      for (const connection of held) await expect(connection.exchange()).resolves.toBeUndefined();
      for (let count = 0; count < 4; count += 1) expect(await exchangeOnce(subject, web)).toBe(endpointKey(rs2));
      await Promise.all(held.map((connection) => connection.close()));
    });

    test('are left alone by changes that do not concern them', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1), addService(other), subject.add(other, rs2));
      const held = await subject.connect(web);
      const changes = [
        subject.add(web, rs2), subject.set(web, rs2, { weight: 9 }), subject.remove(web, rs2), subject.set(web, rs1, { weight: 5 }),
        ...subject.traits.capabilities.schedulers.map((name) => setService(web, { scheduler: schedulerOf(name) })), removeService(other),
      ];
      for (const change of changes) {
        await subject.prepare(change);
        await expect(held.exchange()).resolves.toBeUndefined();
      }
      await held.close();
    });

    test.each(subject.traits.capabilities.schedulers)('of the scheduler %s are served, but not at weight 0', async (name) => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web, { scheduler: schedulerOf(name) }), subject.add(web, rs1));
      expect(await exchangeOnce(subject, web)).toBe(endpointKey(rs1));
      await subject.prepare(subject.set(web, rs1, { weight: 0 }));
      await expect(subject.connect(web)).rejects.toThrow(/./);
    });

    test('are refused while all weights are 0', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { weight: 0 }));
      await expect(subject.connect(web)).rejects.toThrow(/./);
    });
  });
}

export function persistenceContract(subject: ContractSubject): void {
  const persistence = { timeoutSeconds: 60, prefixLength: 32, engine: null };
  describe('a persistent service', () => {
    test('sends a client to the real server that it had, at weight 0 too, until that is removed', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web, { persistence }), subject.add(web, rs1), subject.add(web, rs2));
      const first = await exchangeOnce(subject, web);
      const [had, other] = first === endpointKey(rs1) ? [rs1, rs2] : [rs2, rs1];
      for (let count = 0; count < 3; count += 1) expect(await exchangeOnce(subject, web)).toBe(first);
      await subject.prepare(subject.set(web, had, { weight: 0 }));
      expect(await exchangeOnce(subject, web)).toBe(first);
      await subject.prepare(subject.remove(web, had));
      expect(await exchangeOnce(subject, web)).toBe(endpointKey(other));
    });

    test('counts whom it remembers', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web, { persistence }), subject.add(web, rs1));
      expect((await subject.sampleOf(web)).realServers[0]?.connections.persistent).toBe(0);
      for (let count = 0; count < 3; count += 1) await exchangeOnce(subject, web);
      expect((await subject.sampleOf(web)).realServers[0]?.connections.persistent).toBe(1);
    });

    test('that no longer is one shares as its scheduler does', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web, { persistence }), subject.add(web, rs1), subject.add(web, rs2));
      const first = await exchangeOnce(subject, web);
      await subject.prepare(setService(web));
      expect(new Set([first, await exchangeOnce(subject, web), await exchangeOnce(subject, web)]).size).toBe(2);
    });
  });
}

export function countingContract(subject: ContractSubject): void {
  const settled = { timeout: subject.traits.capabilities.countersRefreshMs * 2 + 30_000, interval: 20 };
  describe('counting', () => {
    test('counts what was served, and never falls while rules change', async () => {
      const { services: [web], endpoints: [rs1, rs2, rs3] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1), subject.add(web, rs2));
      for (let count = 0; count < 4; count += 1) await exchangeOnce(subject, web);
      await vi.waitFor(async () => expect((await subject.sampleOf(web)).counters.connections).toBe(4n), settled);
      const { counters, realServers } = await subject.sampleOf(web);
      expect(realServers.map((one) => one.counters.connections)).toEqual([2n, 2n]);
      expect(counters.bytesIn).toBeGreaterThan(0n);
      for (const change of [subject.set(web, rs1, { weight: 0 }), setService(web), subject.add(web, rs3), subject.remove(web, rs2)]) {
        await subject.prepare(change);
        expect(fallen(counters, (await subject.sampleOf(web)).counters)).toEqual([]);
      }
    });

    test('counts for each service whom it refused, where it counts that', async () => {
      const { services: [web, other], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { weight: 0 }), addService(other), subject.add(other, rs1));
      await expect(subject.connect(web)).rejects.toThrow(/./);
      await exchangeOnce(subject, other);
      const [{ refused }, { refused: ofOther }] = [await subject.sampleOf(web), await subject.sampleOf(other)];
      expect(refused === null || refused.noRealServer > 0n).toBe(true);
      expect(ofOther).toEqual(refused === null ? null : noRefusals);
    });

    test('shows open connections in what is read and sampled', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      const held = await subject.connect(web);
      await held.exchange();
      expect((await subject.forwarder.read()).services[0]?.realServers[0]?.connections.active).toBe(1);
      expect((await subject.sampleOf(web)).realServers[0]?.connections.active).toBe(1);
      await held.close();
    });
  });
}
