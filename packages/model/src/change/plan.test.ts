import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipvsadmCommand } from './commands/ipvsadm.ts';
import { endpointOf } from './operation.ts';
import type { Operation } from './operation.ts';
import { planDigest } from './director-plan.ts';
import { plan } from './plan.ts';
import type { ActualTable, ForwardingTable, OtherRule, RealServerSettings } from '../table/table.ts';
import { endpointKey, realServerKey, serviceKey } from '../table/table.ts';
import { actualOf, actualTable, forwardingTable, tablesOfOneService } from '../testing/definitions/arbitrary.ts';
import { after, sorted, steps, tableOf, usable } from '../testing/interpreter.ts';
import { readScenario } from '../testing/scenario.ts';

const folder = new URL('scenarios/', import.meta.url);

const asNat = (settings: RealServerSettings): RealServerSettings => ({ ...settings, method: { kind: 'nat' } });

/** ipvsadm's words; for a proxied real server the words for NAT, with its source where `-m` would stand. */
function words(operation: Operation): string {
  const command = ipvsadmCommand(operation);
  if (command !== null) return command.slice('ipvsadm '.length);
  const stand = (other: Operation, { method }: RealServerSettings): string => {
    if (method.kind !== 'proxied') throw new Error(`no words for ${JSON.stringify(operation)}`);
    return words(other).replace(' -m ', method.source === null ? ' --proxied ' : ` --proxied ${method.source} `);
  };
  if (operation.kind === 'addRealServer') {
    const { endpoint, settings } = operation.realServer;
    return stand({ ...operation, realServer: { endpoint, settings: asNat(settings) } }, settings);
  }
  if (operation.kind === 'setRealServer') return stand({ ...operation, after: asNat(operation.after) }, operation.after);
  if (operation.kind === 'removeRealServer') {
    const { endpoint, settings } = operation.removed;
    return stand({ ...operation, removed: { endpoint, settings: asNat(settings) } }, settings);
  }
  throw new Error(`no words for ${operation.kind}`);
}

const ours = (actual: ActualTable): ActualTable['services'] => actual.services.filter(({ foreign }) => !foreign);
const foreignKeys = (actual: ActualTable): Set<string> => (
  new Set(actual.services.filter(({ foreign }) => foreign).map(({ address }) => serviceKey(address))));

/** What a forwarder should do in the end: all that is wanted but for what foreign services are in the way of, and those. */
function expectedEnd(wanted: ForwardingTable, actual: ActualTable): ReturnType<typeof sorted> {
  const foreign = foreignKeys(actual);
  return sorted([
    ...wanted.services.filter(({ address }) => !foreign.has(serviceKey(address))),
    ...actual.services.filter((service) => service.foreign),
  ]);
}

describe('plan, in scenarios', () => {
  const files = readdirSync(folder);
  it('has scenarios', () => expect(files.length).toBeGreaterThan(10));
  it.each(files)('%s', (file) => {
    const scenario = readScenario(readFileSync(new URL(file, folder), 'utf8'));
    const operations = plan(scenario.wanted, scenario.actual);
    expect(operations.map(words)).toEqual(scenario.plan);
    expect(sorted(steps(tableOf(scenario.actual.services), operations).at(-1)?.values() ?? []))
      .toEqual(expectedEnd(scenario.wanted, scenario.actual));
  });
});

describe('plan, for any tables', () => {
  it('applied to actual gives effective, foreign services aside, and each step could be done', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const end = steps(tableOf(actual.services), plan(wanted, actual)).at(-1);
      expect(sorted(end?.values() ?? [])).toEqual(expectedEnd(wanted, actual));
    }), { numRuns: 1_000 });
  });

  it('is empty where actual is effective already, in whatever order and with whatever connections', () => {
    fc.assert(fc.property(forwardingTable, (wanted) => {
      const actual = { services: actualOf(wanted.services).toReversed().map((service) => ({ ...service, realServers: service.realServers.toReversed() })) };
      expect(plan(wanted, actual)).toEqual([]);
      expect(plan(structuredClone(wanted), structuredClone(actual))).toEqual([]);
    }));
  });

  it('says each thing once: a second plan after the first is empty', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const foreign = foreignKeys(actual);
      const end = [...steps(tableOf(actual.services), plan(wanted, actual)).at(-1)?.values() ?? []];
      const read = { services: actualOf(end).map((service) => ({ ...service, foreign: foreign.has(serviceKey(service.address)) })) };
      expect(plan(wanted, read)).toEqual([]);
    }));
  });

  it('never names a foreign service', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const foreign = foreignKeys(actual);
      expect(plan(wanted, actual).filter((operation) => foreign.has(serviceKey(operation.service)))).toEqual([]);
    }));
  });

  it('never leaves a service that had usable real servers and will have some with none, not even on the way', () => {
    fc.assert(fc.property(fc.oneof(fc.tuple(forwardingTable, actualTable), tablesOfOneService), ([wanted, actual]) => {
      const before = tableOf(actual.services);
      const end = tableOf(wanted.services);
      const served = [...before.keys()].filter((key) => usable(before.get(key)) && usable(end.get(key)));
      for (const table of steps(before, plan(wanted, actual))) {
        for (const key of served) expect(usable(table.get(key))).toBe(true);
      }
    }), { numRuns: 1_000 });
  });

  it('has every new service ready before it takes one away', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const kinds = plan(wanted, actual).map(({ kind }) => kind);
      const removals = kinds.filter((kind) => kind === 'removeService');
      expect(kinds.slice(kinds.length - removals.length)).toEqual(removals);
    }));
  });

  it('plans over no rule that is beyond words, nor over one that shares its key', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const present = new Set(actual.services.map(({ address }) => serviceKey(address)));
      const beyond = new Set(wanted.services.flatMap(({ address, realServers }, index) => (
        index % 2 === 0 || !present.has(serviceKey(address))
          ? [serviceKey(address)] : realServers.slice(0, 1).map(({ endpoint }) => realServerKey(serviceKey(address), endpointKey(endpoint))))));
      const others = [...beyond].map((key): OtherRule => ({ key, is: 'service', service: null, text: '-A', why: 'scheduler' }));
      const services = actual.services.filter(({ address }) => !beyond.has(serviceKey(address)))
        .map((service) => ({ ...service, realServers: service.realServers.filter(({ endpoint }) => !beyond.has(realServerKey(serviceKey(service.address), endpointKey(endpoint)))) }));
      const touched = plan(wanted, { services, others }).filter(({ kind }) => kind !== 'removeService').map((operation) => {
        const endpoint = endpointOf(operation);
        return endpoint === null ? serviceKey(operation.service) : realServerKey(serviceKey(operation.service), endpointKey(endpoint));
      });
      expect(touched.filter((key) => beyond.has(key))).toEqual([]);
    }));
  });

  it('can be undone step by step: the way back from the end is the plan to where it began', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, actual) => {
      const start = { services: ours(actual) };
      const end = steps(tableOf(start.services), plan(wanted, start)).at(-1);
      const back = plan(start, { services: actualOf([...end?.values() ?? []]) });
      expect(sorted((steps(end ?? new Map(), back).at(-1) ?? new Map()).values())).toEqual(sorted(start.services));
    }));
  });
});

function addition(weight: number): Extract<Operation, { kind: 'addRealServer' }> {
  return {
    kind: 'addRealServer', service: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 },
    realServer: { endpoint: { rip: '10.0.0.2', port: 80 }, settings: { method: { kind: 'nat' }, weight, thresholds: { upper: 0, lower: 0 } } },
  };
}

describe('planDigest', () => {
  it('is the same for equal plans, whatever the order of keys', () => {
    const { kind, service, realServer } = addition(1);
    const reordered = { realServer: { settings: { ...realServer.settings }, endpoint: { port: 80, rip: '10.0.0.2' } }, service, kind };
    expect(planDigest([reordered])).toBe(planDigest([addition(1)]));
  });

  it('differs for another weight, another order, one operation more', () => {
    const digests = [[], [addition(1)], [addition(2)], [addition(1), addition(2)], [addition(2), addition(1)]].map(planDigest);
    expect(new Set(digests).size).toBe(digests.length);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is equal exactly when the operations are', () => {
    fc.assert(fc.property(forwardingTable, actualTable, forwardingTable, actualTable, (wantedA, actualA, wantedB, actualB) => {
      const [a, b] = [plan(wantedA, actualA), plan(wantedB, actualB)];
      expect(planDigest(structuredClone(a))).toBe(planDigest(a));
      expect(planDigest(a) === planDigest(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }));
  });

  it('does not know of counters: connections that came and went leave it as it was', () => {
    fc.assert(fc.property(forwardingTable, actualTable, fc.nat(), (wanted, actual, active) => {
      const busier = {
        services: actual.services.map((service) => ({
          ...service, realServers: service.realServers.map((one) => ({ ...one, connections: { active, inactive: active, persistent: active } })),
        })),
      };
      expect(planDigest(plan(wanted, busier))).toBe(planDigest(plan(wanted, actual)));
    }));
  });
});

describe('the interpreter that checks plans', () => {
  it('refuses to add what is there and to take away what is not', () => {
    const service = { kind: 'mark', family: 'ipv4', mark: 7 } as const;
    const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const;
    const table = after(new Map(), { kind: 'addService', service, settings });
    expect(() => after(table, { kind: 'addService', service, settings })).toThrow(/refuse/);
    expect(() => after(new Map(), { kind: 'removeService', service, removed: { address: service, settings, realServers: [] } })).toThrow(/refuse/);
  });
});
