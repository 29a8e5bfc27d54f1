// Contract: samples speak of what is read, and never say 0 for what the forwarder cannot see.
import { counterNames, endpointKey, noRefusals, serviceKey } from '@weir/model';
import { describe, expect, test } from 'vitest';
import { addService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

export function samplesContract(subject: ContractSubject): void {
  describe('samples', () => {
    test('have the keys and weights that are read', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { weight: 4 }), subject.add(web, rs2, { weight: 0 }), addService(other));
      const sampled = (await subject.forwarder.sample()).services.map(({ key, realServers }) => (
        [key, Object.fromEntries(realServers.map((one) => [one.key, one.weight]))]));
      const read = (await subject.forwarder.read()).services.map(({ address, realServers }) => (
        [serviceKey(address), Object.fromEntries(realServers.map((one) => [endpointKey(one.endpoint), one.settings.weight]))]));
      expect(Object.fromEntries(sampled)).toEqual(Object.fromEntries(read));
    });

    test('begin at 0 where the forwarder sees, and say why where it does not', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      const { counters, realServers } = await subject.sampleOf(web);
      for (const one of [counters, ...realServers.map((realServer) => realServer.counters)]) {
        for (const name of counterNames) expect([0n, 'userSpace', 'replyBypassesDirector']).toContain(one[name]);
        expect(one.packetsIn === 'userSpace').toBe(subject.traits.capabilities.byteKind === 'payloadBytes');
      }
    });

    test('count from 0 whom a service turned away, or say that nobody counts', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      expect([noRefusals, null]).toContainEqual((await subject.sampleOf(web)).refused);
    });

    test('carry the time at which they were taken', async () => {
      const before = Date.now();
      const { measuredAtMs } = await subject.forwarder.sample();
      expect(measuredAtMs).toBeGreaterThanOrEqual(before);
      expect(measuredAtMs).toBeLessThanOrEqual(Date.now());
    });
  });
}
