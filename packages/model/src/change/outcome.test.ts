import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActualTable, ServiceRule } from '../table/table.ts';
import { actualTable, forwardingTable } from '../testing/definitions/arbitrary.ts';
import { replaced } from '../testing/replaced.ts';
import { PlanOperations } from './director-plan.ts';
import { endpointOf, Operation } from './operation.ts';
import { ApplyOutcome, Fault, OperationResult, Step } from './outcome.ts';
import { plan } from './plan.ts';

describe('what travels between agent and panel', () => {
  it('is read as it was written: tables, plans, steps, outcomes', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      expect(ActualTable.parse(JSON.parse(JSON.stringify(actual)))).toEqual(actual);
      const operations = plan(wanted, actual);
      expect(PlanOperations.parse(JSON.parse(JSON.stringify(operations)))).toEqual(operations);
      const undone: Step[] = operations.map((operation) => (
        { operation, cost: { connections: 0, fate: 'none' }, result: { status: 'failed', fault: { code: 'unexpected', message: 'x', errno: null } } }));
      for (const outcome of [
        { kind: 'applied' }, { kind: 'partlyApplied', remaining: operations }, { kind: 'rolledBack', undone },
        { kind: 'rollbackFailed', undone, remaining: operations }, { kind: 'finishedAtRestart', remaining: [] }, { kind: 'neverBegun' },
      ]) expect(ApplyOutcome.parse(JSON.parse(JSON.stringify(outcome)))).toEqual(outcome);
    }), { numRuns: 30 });
  });

  it('names the real server of an operation, or none', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      for (const operation of plan(wanted, actual)) {
        expect(endpointOf(operation) === null).toBe(operation.kind.endsWith('Service'));
      }
    }));
  });

  const service = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 };
  const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
  const own = { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } };
  const endpoint = { rip: '10.0.0.2', port: 80 };
  const operations = {
    addService: { kind: 'addService', service, settings },
    setService: { kind: 'setService', service, before: settings, after: settings },
    removeService: { kind: 'removeService', service, removed: { address: service, settings, realServers: [{ endpoint, settings: own }] } },
    addRealServer: { kind: 'addRealServer', service, realServer: { endpoint, settings: own } },
    setRealServer: { kind: 'setRealServer', service, endpoint, before: own, after: own },
    removeRealServer: { kind: 'removeRealServer', service, removed: { endpoint, settings: own } },
  };

  it.each(Object.entries(operations))('%s needs each of its fields and has no others', (_, operation) => {
    expect(Operation.parse(operation)).toEqual(operation);
    for (const field of Object.keys(operation)) expect(Operation.safeParse(replaced(operation, [field], undefined)).success).toBe(false);
    expect(Operation.safeParse({ ...operation, force: true }).success).toBe(false);
    expect(Operation.safeParse({ ...operation, kind: 'flush' }).success).toBe(false);
  });

  it.each<[string, unknown, readonly PropertyKey[]]>([
    ['a weight of another type', '1', ['after', 'weight']], ['a weight below 0', -1, ['before', 'weight']], ['a port of 65536', 65_536, ['endpoint', 'port']],
    ['an unknown method', 'bypass', ['after', 'method', 'kind']], ['a mapped address', '::ffff:10.0.0.2', ['endpoint', 'rip']], ['an unknown key', 1, ['after', 'colour']],
  ])('is refused for %s, with the path to it', (_, value, path) => {
    const error = Operation.safeParse(replaced(operations.setRealServer, path, value)).error;
    expect(path.join('.').startsWith(error?.issues[0]?.path.join('.') ?? 'none')).toBe(true);
  });

  it('has bounds', () => {
    const realServers = Array.from({ length: 10_001 }, () => ({ endpoint, settings: own }));
    expect(ServiceRule.safeParse({ address: service, settings, realServers }).error?.issues.map(({ path }) => path)).toEqual([['realServers']]);
    expect(PlanOperations.safeParse(Array.from({ length: 200_001 }, () => operations.addService)).error?.issues.map(({ code }) => code)).toEqual(['too_big']);
  });
});

describe('results', () => {
  it.each([{ status: 'done' }, { status: 'skipped', why: 'additionRefused' }, { status: 'failed', fault: { code: 'notFound', message: 'No such service', errno: 'ESRCH' } }])('%j', (result) => {
    expect(OperationResult.parse(result)).toEqual(result);
  });
  it('of version 1 do not say why they were not tried', () => expect(OperationResult.parse({ status: 'skipped' })).toEqual({ status: 'skipped', why: null }));
  it.each([{ status: 'done', fault: null }, { status: 'skipped', why: 'tired' }, { status: 'failed' }, { status: 'maybe' }, null, 'done'])('not %j', (result) => {
    expect(OperationResult.safeParse(result).success).toBe(false);
  });
  it.each([{ message: '' }, { message: 'x'.repeat(1_001) }, { errno: 'x'.repeat(33) }, { errno: 3 }, { code: 'EPERM' }, { hint: '' }])('no fault with %j', (part) => {
    expect(Fault.safeParse({ code: 'unexpected', message: 'x', errno: null, ...part }).success).toBe(false);
  });
});
