// Contract: counters begin anew where a driver can do that; where it cannot it says so, and counts on.
import { endpointKey } from '@weir/model';
import type { ServiceAddress } from '@weir/model';
import { describe, expect, test, vi } from 'vitest';
import { ForwarderError } from '../forwarder.ts';
import { addService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

async function zeroes(subject: ContractSubject, service: ServiceAddress | null): Promise<boolean> {
  return subject.forwarder.zero(service).then(() => true, (error: unknown) => {
    if (error instanceof ForwarderError) return false;
    throw error;
  });
}

export function zeroingContract(subject: ContractSubject): void {
  const isKernel = subject.traits.capabilities.driver === 'ipvs';
  describe('zeroing', () => {
    test('changes no rule, and is done by the kernel alone', async () => {
      const { services: [web, other], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { weight: 4 }), addService(other));
      const before = await subject.table();
      for (const service of [web, null]) expect(await zeroes(subject, service)).toBe(isKernel);
      expect(await subject.table()).toEqual(before);
    });

    test('of a service that is not there is refused', async () => {
      expect(await zeroes(subject, subject.fixture.services[0])).toBe(false);
    });

    test('says what the kernel is set to exactly where the kernel forwards', async () => {
      expect((await subject.forwarder.kernel()) !== null).toBe(isKernel);
    });
  });
}

export function countingAnewContract(subject: ContractSubject): void {
  const settled = { timeout: subject.traits.capabilities.countersRefreshMs * 2 + 30_000, interval: 20 };
  const connectionsOf = async (service: ServiceAddress): Promise<unknown> => (await subject.sampleOf(service)).counters.connections;

  async function serve(service: ServiceAddress, times: number): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      const connection = await subject.connect(service);
      await connection.exchange();
      await connection.close();
    }
  }

  test('counters of one service begin anew and go on, those of the others do not, or all go on', async () => {
    const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
    await subject.prepare(addService(web), subject.add(web, rs1), addService(other), subject.add(other, rs2));
    await serve(web, 3);
    await serve(other, 2);
    await vi.waitFor(async () => expect([await connectionsOf(web), await connectionsOf(other)]).toEqual([3n, 2n]), settled);
    const began = await zeroes(subject, web) ? 0n : 3n;
    expect([await connectionsOf(web), await connectionsOf(other)]).toEqual([began, 2n]);
    expect((await subject.sampleOf(web)).realServers.map(({ key, counters }) => [key, counters.connections])).toEqual([[endpointKey(rs1), began]]);
    await serve(web, 1);
    await vi.waitFor(async () => expect(await connectionsOf(web)).toBe(began + 1n), settled);
  });
}
