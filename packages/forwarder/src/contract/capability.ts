// Contract: what a driver says it can do it does, and what it cannot it refuses.
import { familyOf, serviceKey } from '@weir/model';
import type { Endpoint, RuleMethod, ServiceAddress } from '@weir/model';
import { describe, expect, test } from 'vitest';
import { addService, refusedAs, schedulerNames, schedulerOf, setService } from './subject.ts';
import type { ContractSubject } from './subject.ts';

const persistence = { timeoutSeconds: 360, prefixLength: 24, engine: null };
const thresholds = { upper: 20, lower: 10 };
function markOf({ rip }: Endpoint): ServiceAddress {
  return { kind: 'mark', family: familyOf(rip), mark: 4_294_967_295 };
}
const protocols = ['tcp', 'udp', 'sctp'] as const;
const methods: readonly RuleMethod[] = [
  { kind: 'nat' }, { kind: 'dr' }, { kind: 'tun', tunnel: { type: 'ipip' } }, { kind: 'proxied', source: null },
];

export function capableContract(subject: ContractSubject): void {
  const can = subject.traits.capabilities;
  describe('what it can do', () => {
    test('is what it says', () => {
      expect(subject.forwarder.capabilities).toEqual(can);
    });

    test.each(schedulerNames.filter((name) => can.schedulers.includes(name)))('the scheduler %s', async (name) => {
      const { services: [web, other] } = subject.fixture;
      const scheduler = schedulerOf(name);
      await subject.prepare(addService(web, { scheduler }), addService(other), setService(other, { scheduler }));
      expect((await subject.settingsOf(web))?.scheduler).toEqual(scheduler);
      expect((await subject.settingsOf(other))?.scheduler).toEqual(scheduler);
    });

    test.runIf(can.persistence)('persistence', async () => {
      const { services: [web] } = subject.fixture;
      await subject.prepare(addService(web, { persistence }));
      expect((await subject.settingsOf(web))?.persistence).toEqual(persistence);
      await subject.prepare(setService(web, { persistence: { ...persistence, timeoutSeconds: 60 } }));
      expect((await subject.settingsOf(web))?.persistence?.timeoutSeconds).toBe(60);
      await subject.prepare(setService(web));
      expect((await subject.settingsOf(web))?.persistence).toBeNull();
    });

    test.runIf(can.thresholds)('thresholds', async () => {
      const { services: [web], endpoints: [rs1] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1, { thresholds }));
      expect((await subject.realServer(web, rs1))?.thresholds).toEqual(thresholds);
      await subject.prepare(subject.set(web, rs1));
      expect((await subject.realServer(web, rs1))?.thresholds).toEqual({ upper: 0, lower: 0 });
    });

    test.runIf(can.marks)('services by firewall mark', async () => {
      const { endpoints: [rs1] } = subject.fixture;
      const mark = markOf(rs1);
      await subject.prepare(addService(mark), subject.add(mark, { rip: rs1.rip, port: 0 }));
      expect(Object.keys(await subject.table())).toEqual([serviceKey(mark)]);
    });
  });
}

export function incapableContract(subject: ContractSubject): void {
  const can = subject.traits.capabilities;
  describe('what it cannot do it refuses', () => {
    test.each(schedulerNames.filter((name) => !can.schedulers.includes(name)))('the scheduler %s', async (name) => {
      const { services: [web, other] } = subject.fixture;
      await subject.prepare(addService(web));
      expect(await subject.refusal(addService(other, { scheduler: schedulerOf(name) }))).toEqual(refusedAs('unsupported'));
      expect(await subject.refusal(setService(web, { scheduler: schedulerOf(name) }))).toEqual(refusedAs('unsupported'));
    });

    test.runIf(!can.persistence)('persistence', async () => {
      const { services: [web, other] } = subject.fixture;
      await subject.prepare(addService(web));
      expect(await subject.refusal(addService(other, { persistence }))).toEqual(refusedAs('unsupported'));
      expect(await subject.refusal(setService(web, { persistence }))).toEqual(refusedAs('unsupported'));
    });

    test.runIf(can.persistence && can.persistenceEngines.length === 0)('a persistence engine', async () => {
      const { services: [web, other] } = subject.fixture;
      const withEngine = { persistence: { ...persistence, engine: 'sip' as const } };
      await subject.prepare(addService(web));
      expect(await subject.refusal(addService(other, withEngine))).toEqual(refusedAs('unsupported'));
      expect(await subject.refusal(setService(web, withEngine))).toEqual(refusedAs('unsupported'));
    });

    test.runIf(!can.thresholds)('thresholds', async () => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      expect(await subject.refusal(subject.add(web, rs2, { thresholds }))).toEqual(refusedAs('unsupported'));
      expect(await subject.refusal(subject.set(web, rs1, { thresholds }))).toEqual(refusedAs('unsupported'));
    });

    test.runIf(!can.marks)('services by firewall mark', async () => {
      expect(await subject.refusal(addService(markOf(subject.fixture.endpoints[0])))).toEqual(refusedAs('unsupported'));
    });

    test.runIf(!can.onePacket)('one-packet scheduling', async () => {
      expect(await subject.refusal(addService(subject.fixture.services[0], { onePacket: true }))).toEqual(refusedAs('unsupported'));
    });

    test.each(protocols.filter((protocol) => !can.protocols.includes(protocol)))('%s', async (protocol) => {
      const service: ServiceAddress = { kind: 'address', protocol, vip: subject.fixture.endpoints[0].rip, port: 53 };
      expect(await subject.refusal(addService(service))).toEqual(refusedAs('unsupported'));
    });

    test.each(methods.filter(({ kind }) => !can.methods.includes(kind)))('the method $kind', async (method) => {
      const { services: [web], endpoints: [rs1, rs2] } = subject.fixture;
      await subject.prepare(addService(web), subject.add(web, rs1));
      expect(await subject.refusal(subject.add(web, rs2, { method }))).toEqual(refusedAs('unsupported'));
      expect(await subject.refusal(subject.set(web, rs1, { method }))).toEqual(refusedAs('unsupported'));
    });
  });
}
