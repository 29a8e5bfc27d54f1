import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Connection, ConnectionList } from '../live/connection.ts';
import { endpointOf, Operation, Operations } from '../change/operation.ts';
import { ApplyOutcome, Fault, OperationResult, Step } from '../change/outcome.ts';
import { plan } from '../change/plan.ts';
import { ActualTable, endpointKey, familyOfService, ServiceAddress, serviceKey, ServiceRule } from './table.ts';
import { actualTable, forwardingTable, serviceAddress } from '../testing/arbitrary.ts';
import { replaced } from '../testing/replaced.ts';

describe('identity in a forwarder', () => {
  it('is one key for one service, and another for any other', () => {
    fc.assert(fc.property(serviceAddress, serviceAddress, (a, b) => {
      expect(serviceKey(a) === serviceKey(b)).toBe(JSON.stringify(ServiceAddress.parse(a)) === JSON.stringify(ServiceAddress.parse(b)));
    }), { numRuns: 1_000 });
  });

  it('has a text that people know', () => {
    expect(serviceKey({ kind: 'address', protocol: 'sctp', vip: 'fd00::1', port: 0 })).toBe('sctp [fd00::1]:0');
    expect(serviceKey({ kind: 'mark', family: 'ipv6', mark: 7 })).toBe('fwm ipv6 7');
    expect(endpointKey({ rip: '10.0.0.1', port: 80 })).toBe('10.0.0.1:80');
    expect(familyOfService({ kind: 'mark', family: 'ipv6', mark: 7 })).toBe('ipv6');
    expect(familyOfService({ kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 })).toBe('ipv4');
  });

  it.each([
    { kind: 'mark', family: 'ipv4', mark: 0 }, { kind: 'mark', family: 'ipv4', mark: 2 ** 32 }, { kind: 'mark', family: 'ipv4', mark: 7, port: 80 },
    { kind: 'address', protocol: 'tcp', vip: '10.0.0.1' }, { kind: 'address', protocol: 6, vip: '10.0.0.1', port: 80 }, { kind: 'name' }, null,
  ])('is not %j', (address) => expect(ServiceAddress.safeParse(address).success).toBe(false));
});

describe('what travels between agent and panel', () => {
  it('is read as it was written: tables, plans, steps, outcomes', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      expect(ActualTable.parse(JSON.parse(JSON.stringify(actual)))).toEqual(actual);
      const operations = plan(wanted, actual);
      expect(Operations.parse(JSON.parse(JSON.stringify(operations)))).toEqual(operations);
      const undone: Step[] = operations.map((operation) => (
        { operation, cost: { connections: 0, fate: 'none' }, result: { status: 'failed', fault: { code: 'unexpected', message: 'x', errno: null } } }));
      for (const outcome of [
        { kind: 'applied' }, { kind: 'partlyApplied', remaining: operations }, { kind: 'rolledBack', undone },
        { kind: 'rollbackFailed', undone, remaining: operations }, { kind: 'finishedAtRestart', remaining: [] },
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
    expect(Operations.safeParse(Array.from({ length: 200_001 }, () => operations.addService)).error?.issues.map(({ code }) => code)).toEqual(['too_big']);
  });
});

describe('results', () => {
  it.each([{ status: 'done' }, { status: 'skipped' }, { status: 'failed', fault: { code: 'notFound', message: 'No such service', errno: 'ESRCH' } }])('%j', (result) => {
    expect(OperationResult.parse(result)).toEqual(result);
  });
  it.each([{ status: 'done', fault: null }, { status: 'failed' }, { status: 'maybe' }, null, 'done'])('not %j', (result) => {
    expect(OperationResult.safeParse(result).success).toBe(false);
  });
  it.each([{ message: '' }, { message: 'x'.repeat(1_001) }, { errno: 'x'.repeat(33) }, { errno: 3 }, { code: 'EPERM' }, { hint: '' }])('no fault with %j', (part) => {
    expect(Fault.safeParse({ code: 'unexpected', message: 'x', errno: null, ...part }).success).toBe(false);
  });
});

describe('a connection', () => {
  const connection: Connection = {
    protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, dip: null, directorPort: null,
    rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 900_000,
  };
  it('is read as it is', () => expect(Connection.parse(connection)).toEqual(connection));
  it.each<[string, unknown]>([['cip', 'x'], ['clientPort', 65_536], ['dip', undefined], ['state', ''], ['state', 'x'.repeat(33)], ['state', '\u001b[2J'], ['expiresInMs', -1], ['expiresInMs', 0.5], ['age', 1]])(
    'is refused with %s %j', (field, value) => expect(Connection.safeParse(replaced(connection, [field], value)).success).toBe(false));
  it('comes with at most 10,000 others', () => {
    const fits = [10_000, 10_001].map((length) => (
      ConnectionList.safeParse({ entries: Array.from({ length }, () => connection), total: 1_000_000, measuredAtMs: 0 }).success));
    expect(fits).toEqual([true, false]);
  });
});
