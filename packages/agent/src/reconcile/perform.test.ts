// The order in which rules and steps on the host are carried out, and what a refusal keeps back.
import { ProxyForwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import type { Fault, HostOperation, Operation, PlanOperation, ServiceAddress } from '@weir/model';
import { expect, it, onTestFinished } from 'vitest';
import type { Host } from '../host/host.ts';
import { ownAddress } from '../testing/cluster.ts';
import { perform } from './perform.ts';

/** Nothing in these plans is taken over. */
const nobodys = { adopt: () => Promise.reject(new Error('not asked')), leave: () => Promise.reject(new Error('not asked')) };
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

function realServer(last: number, kind: 'addRealServer' | 'removeRealServer', vip: string): Operation {
  const rule = { endpoint: { rip: `127.0.0.${last}`, port: 9_000 }, settings: { method: { kind: 'proxied', source: null }, weight: 1, thresholds: { upper: 0, lower: 0 } } } as const;
  return kind === 'addRealServer' ? { kind, service: at(vip), realServer: rule } : { kind, service: at(vip), removed: rule };
}

async function performed(onFailure: 'goOn' | 'rollBack', refused: string | null, operations: readonly PlanOperation[]) {
  const fault = { code: 'limitReached', message: 'no more', errno: null } as const;
  const forwarder = new FaultyForwarder(new ProxyForwarder({ closeDeadlineMs: 500 }), {
    operation: (operation) => (operation.service.kind === 'address' && operation.service.vip === refused ? fault : null),
  });
  onTestFinished(() => forwarder.close());
  const host = obedient();
  const results = await perform(operations, onFailure, { forwarder, host, ownership: nobodys }, (_, error) => { throw error; });
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

/** A proxy with two services of one real server each, and these refusals. */
async function serving(vips: readonly string[], refuse: (operation: Operation) => Fault | null): Promise<FaultyForwarder> {
  const forwarder = new FaultyForwarder(new ProxyForwarder({ closeDeadlineMs: 500 }), { operation: refuse });
  onTestFinished(() => forwarder.close());
  await forwarder.apply(vips.flatMap((vip): Operation[] => [{ kind: 'addService', service: at(vip), settings }, realServer(20, 'addRealServer', vip)]), { onFailure: 'goOn' });
  return forwarder;
}

const replacing = (vip: string): Operation[] => [realServer(30, 'addRealServer', vip), realServer(20, 'removeRealServer', vip)];
const rethrow = (_: unknown, error: Error): never => { throw error; };

it('takes nothing from a service whose addition was refused, and says why; others go on', async () => {
  const [a, b] = [ownAddress(), ownAddress()];
  const fault: Fault = { code: 'limitReached', message: 'no more', errno: null };
  const forwarder = await serving([a, b], (operation) => (
    operation.kind === 'addRealServer' && operation.realServer.endpoint.rip === '127.0.0.30' && operation.service.kind === 'address' && operation.service.vip === a ? fault : null));
  const results = await perform([...replacing(a), ...replacing(b)], 'goOn', { forwarder, host: null, ownership: nobodys }, rethrow);
  expect(results).toEqual([{ status: 'failed', fault }, { status: 'skipped', why: 'additionRefused' }, { status: 'done' }, { status: 'done' }]);
  const { services } = await forwarder.read();
  expect(services.map(({ realServers }) => realServers.map(({ endpoint }) => endpoint.rip))).toEqual([['127.0.0.20'], ['127.0.0.30']]);
});

it('tries nothing more behind what was not answered, on the host neither', async () => {
  const b = ownAddress();
  const fault: Fault = { code: 'unexpected', message: 'not known', errno: 'ETIMEDOUT' };
  const forwarder = await serving([], () => fault);
  const host = obedient();
  const results = await perform([service(b), vipOn(b)], 'goOn', { forwarder, host, ownership: nobodys }, rethrow);
  expect([results, host.told]).toEqual([[{ status: 'failed', fault }, { status: 'skipped', why: 'noAnswer' }], []]);
});
