// Contract: one refused operation is that operation's fault alone, and results come in order.
import { endpointKey, serviceKey } from '@weir/model';
import type { Operation } from '@weir/model';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedAfter } from './expected-table.ts';
import { addService, removeService, schedulerOf, setService } from './subject.ts';
import type { ContractSubject, Outcome } from './subject.ts';

function operations(subject: ContractSubject): fc.Arbitrary<Operation[]> {
  const service = fc.constantFrom(...subject.fixture.services);
  const endpoint = fc.constantFrom(...subject.fixture.endpoints);
  const weight = fc.integer({ min: 0, max: 100 });
  const scheduler = fc.constantFrom(...subject.traits.capabilities.schedulers).map(schedulerOf);
  return fc.array(fc.oneof(
    fc.tuple(service, scheduler).map(([one, to]) => addService(one, { scheduler: to })),
    fc.tuple(service, scheduler).map(([one, to]) => setService(one, { scheduler: to })),
    service.map((one) => removeService(one)),
    fc.tuple(service, endpoint, weight).map(([one, at, to]) => subject.add(one, at, { weight: to })),
    fc.tuple(service, endpoint, weight).map(([one, at, to]) => subject.set(one, at, { weight: to })),
    fc.tuple(service, endpoint).map(([one, at]) => subject.remove(one, at)),
  ), { maxLength: 25 });
}

export function failuresContract(subject: ContractSubject): void {
  describe('failures', () => {
    test('leave the operations after them, and answers come in order', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      expect(await subject.apply(
        addService(web), subject.add(other, rs1), subject.add(web, rs1), subject.add(web, rs1), subject.add(web, rs2),
      )).toEqual(['done', 'notFound', 'done', 'alreadyExists', 'done']);
      expect(Object.keys(await subject.realServersOf(web) ?? {}).sort()).toEqual([endpointKey(rs1), endpointKey(rs2)].sort());
    });

    test('stop what comes after them where the caller will roll back', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      expect(await subject.applyOrRollBack(
        addService(web), subject.add(web, rs1), subject.add(web, rs1), subject.add(web, rs2), addService(other),
      )).toEqual(['done', 'done', 'alreadyExists', 'skipped', 'skipped']);
      expect(Object.keys(await subject.table())).toEqual([serviceKey(web)]);
      expect(Object.keys(await subject.realServersOf(web) ?? {})).toEqual([endpointKey(rs1)]);
    });

    test('do not come of applies at the same time: they run one after the other', async () => {
      const { services: [web], endpoints: [rs1, rs2, rs3] } = subject.fixture;
      await subject.prepare(addService(web));
      const both = await Promise.all([
        subject.apply(subject.add(web, rs1), subject.add(web, rs2)), subject.apply(subject.add(web, rs2), subject.add(web, rs3)),
      ]);
      expect(both).toEqual([['done', 'done'], ['alreadyExists', 'done']]);
      expect(Object.keys(await subject.realServersOf(web) ?? {})).toHaveLength(3);
    });

    test('are those of the reference, and so is the table, after any sequence of operations', async () => {
      expect(await subject.apply()).toEqual([]);
      await fc.assert(fc.asyncProperty(operations(subject), async (sequence) => {
        await subject.apply(...subject.fixture.services.map(removeService));
        const outcomes: Outcome[] = [];
        let table = await subject.table();
        for (const operation of sequence) {
          const after = expectedAfter(table, operation);
          outcomes.push('refusal' in after ? after.refusal : 'done');
          table = 'refusal' in after ? table : after.table;
        }
        expect(await subject.apply(...sequence)).toEqual(outcomes);
        expect(await subject.table()).toEqual(table);
      }), { numRuns: subject.traits.sequences });
    });
  });
}
