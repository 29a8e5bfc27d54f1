// The order in which rules and steps on the host are carried out, and what a refusal keeps back.
import { ProxyForwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import type { HostOperation, PlanOperation, ServiceAddress } from '@weir/model';
import { expect, it, onTestFinished } from 'vitest';
import type { Host } from '../host/host.ts';
import { ownAddress } from '../testing/cluster.ts';
import { perform } from './perform.ts';

const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const;
const at = (vip: string): ServiceAddress => ({ kind: 'address', protocol: 'tcp', vip, port: 8080 });
const service = (vip: string): PlanOperation => ({ kind: 'addService', service: at(vip), settings });
const vipOn = (vip: string): HostOperation => ({ kind: 'addVip', vip, interface: 'eth0' });
const forward: HostOperation = { kind: 'setHostSetting', name: 'net/ipv4/ip_forward', before: '0', after: '1' };

/** Does all that it is told, and remembers it. */
function obedient(): Host & { readonly told: HostOperation[] } {
  const told: HostOperation[] = [];
  return {
    told,
    read: () => Promise.reject(new Error('not asked')),
    apply: (operations) => {
      told.push(...operations);
      return Promise.resolve(operations.map(() => ({ status: 'done' })));
    },
    close: () => Promise.resolve(),
  };
}

async function performed(onFailure: 'goOn' | 'rollBack', refused: string | null, operations: readonly PlanOperation[]) {
  const fault = { code: 'limitReached', message: 'no more', errno: null } as const;
  const forwarder = new FaultyForwarder(new ProxyForwarder({ closeDeadlineMs: 500 }), {
    operation: (operation) => (operation.service.kind === 'address' && operation.service.vip === refused ? fault : null),
  });
  onTestFinished(() => forwarder.close());
  const host = obedient();
  const results = await perform(operations, onFailure, { forwarder, host }, (_, error) => { throw error; });
  return { said: results.map(({ status }) => status), told: host.told };
}

it('does rules and steps in their order, one result for each', async () => {
  const [a, b] = [ownAddress(), ownAddress()];
  expect(await performed('goOn', null, [forward, service(a), service(b), vipOn(a), vipOn(b)])).toEqual({
    said: ['done', 'done', 'done', 'done', 'done'], told: [forward, vipOn(a), vipOn(b)],
  });
});

it('puts a VIP on for the services that are there, though another one was refused', async () => {
  const [a, b] = [ownAddress(), ownAddress()];
  expect(await performed('goOn', a, [service(a), service(b), vipOn(a), vipOn(b)])).toEqual({
    said: ['failed', 'done', 'done', 'done'], told: [vipOn(a), vipOn(b)],
  });
});

it('does nothing behind a refusal where it is to be rolled back', async () => {
  const [a, b] = [ownAddress(), ownAddress()];
  expect(await performed('rollBack', a, [forward, service(a), service(b), vipOn(b)])).toEqual({ said: ['done', 'failed', 'skipped', 'skipped'], told: [forward] });
});
