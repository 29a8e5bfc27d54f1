// Contract: a service is given as its scheduler sees it, so that whom it chooses next can be told from that.
import { endpointKey } from '@weir/model';
import { describe, expect, test } from 'vitest';
import { pickOnce } from '../proxy/scheduling/scheduling.ts';
import type { ContractConnection } from './fixture.ts';
import { addService, schedulerOf, setService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

export function turnContract(subject: ContractSubject): void {
  describe('one service', () => {
    test('is given as its scheduler goes through it: who would be chosen then is chosen', async () => {
      const { services: [web, other], endpoints: [rs1, rs2, rs3] } = subject.fixture;
      expect(await subject.forwarder.service(web)).toBeNull();
      await subject.prepare(addService(other), subject.add(other, rs1));
      const first = await subject.connect(other);
      const [{ cip } = { cip: '' }] = (await subject.forwarder.connections(1)).entries;
      await first.close();
      await subject.prepare(addService(web), subject.add(web, rs1), subject.add(web, rs2, { weight: 2 }), subject.add(web, rs3, { weight: 5 }));
      const held: ContractConnection[] = [];
      const wrong: unknown[] = [];
      for (const scheduler of (['sh', 'mh', 'dh', 'lc', 'wlc', 'sed', 'nq', 'fo'] as const).map(schedulerOf)) {
        await subject.prepare(setService(web, { scheduler }));
        const service = await subject.forwarder.service(web);
        const candidates = (service?.realServers ?? []).map(({ endpoint, settings: { weight }, connections: { active, inactive } }) => ({ endpoint, weight, lastWeight: weight, active, inactive }));
        const expected = pickOnce(scheduler, { candidates, usable: () => true, arrival: { cip, clientPort: 0, vip: web.kind === 'address' ? web.vip : '' } });
        const made = await subject.connect(web);
        held.push(made);
        if (expected === null || made.servedBy !== endpointKey(expected.endpoint)) wrong.push({ scheduler, servedBy: made.servedBy, candidates });
      }
      expect(wrong).toEqual([]);
      await Promise.all(held.map((connection) => connection.close()));
    });
  });
}
