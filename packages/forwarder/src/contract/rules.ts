// Contract: rules are read as they were applied, and objects are told apart by their keys.
import { endpointKey, plan, serviceKey } from '@weir/model';
import { describe, expect, test } from 'vitest';
import { addService, refusedAs, removeService, serviceSettings, setService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

export function rulesContract(subject: ContractSubject): void {
  describe('rules', () => {
    test('begin with none of Weir\'s', async () => {
      expect(await subject.table()).toEqual({});
    });

    test('are read exactly as they were applied', async () => {
      const { services: [web, other], endpoints: [rs1, rs2] } = subject.fixture;
      const applied = await subject.apply(addService(web), subject.add(web, rs1), subject.add(web, rs2, { weight: 0 }), addService(other));
      expect(applied).toEqual(['done', 'done', 'done', 'done']);
      expect(await subject.table()).toEqual({
        [serviceKey(web)]: {
          address: web, settings: serviceSettings(),
          realServers: {
            [endpointKey(rs1)]: subject.realServerSettings(), [endpointKey(rs2)]: subject.realServerSettings({ weight: 0 }),
          },
        },
        [serviceKey(other)]: { address: other, settings: serviceSettings(), realServers: {} },
      });
    });

    test('need no operation more after a plan was applied', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      const realServers = [
        { endpoint: rs1, settings: subject.realServerSettings() }, { endpoint: rs2, settings: subject.realServerSettings({ weight: 3 }) },
      ];
      const wanted = { services: [{ address: web, settings: serviceSettings(), realServers }] };
      await subject.prepare(...plan(wanted, await subject.forwarder.read()));
      expect(plan(wanted, await subject.forwarder.read())).toEqual([]);
    });

    test('have weights up to the greatest', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      for (const weight of [0, 65_535, 2_147_483_647, 1]) {
        expect(await subject.apply(subject.set(web, rs1, { weight }))).toEqual(['done']);
        expect((await subject.realServer(web, rs1))?.weight).toBe(weight);
      }
    });
  });
}

export function identityContract(subject: ContractSubject): void {
  describe('identity', () => {
    test('one real server can be in two services, each with its own weight', async () => {
      const { services: [web, other], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), addService(other), subject.add(web, rs1, { weight: 2 }), subject.add(other, rs1, { weight: 5 }));
      expect(await subject.apply(subject.remove(web, rs1))).toEqual(['done']);
      expect(await subject.realServersOf(web)).toEqual({});
      expect((await subject.realServer(other, rs1))?.weight).toBe(5);
    });

    test('what was removed can be added again', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      expect(await subject.apply(
        addService(web), subject.add(web, rs1), subject.remove(web, rs1), subject.add(web, rs1), removeService(web), addService(web),
      )).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
      expect(await subject.realServersOf(web)).toEqual({});
    });

    test('what is there already is refused and stays as it is', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { weight: 7 }));
      expect(await subject.refusal(addService(web))).toEqual(refusedAs('alreadyExists'));
      expect(await subject.refusal(subject.add(web, rs1, { weight: 8 }))).toEqual(refusedAs('alreadyExists'));
    });

    test('what is not there is refused', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      const withoutService = [setService(web), removeService(web), subject.add(web, rs1), subject.set(web, rs1), subject.remove(web, rs1)];
      for (const operation of withoutService) expect(await subject.refusal(operation)).toEqual(refusedAs('notFound'));
      await subject.prepare(addService(web), subject.add(web, rs1));
      expect(await subject.refusal(subject.set(web, rs2))).toEqual(refusedAs('notFound'));
      expect(await subject.refusal(subject.remove(web, rs2))).toEqual(refusedAs('notFound'));
    });
  });
}
