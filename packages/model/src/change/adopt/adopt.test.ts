import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterDefinition } from '../../definition/definition.ts';
import { DraftValues } from '../../draft/values/draft-values.ts';
import { effective } from '../../effective/effective.ts';
import type { Override } from '../../effective/override.ts';
import { addressOf, endpointKey, realServerKey, serviceKey } from '../../table/table.ts';
import type { ActualService, ActualTable, OtherRule, ServiceRule } from '../../table/table.ts';
import { actualOf, realServerRules, serviceSettings } from '../../testing/definitions/arbitrary.ts';
import { definition as anyDefinition } from '../../testing/definitions/arbitrary-definition.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import { healthOf } from '../../testing/health-tale.ts';
import { mark, vip } from '../../testing/definitions/lint-cases.ts';
import { adopt, adoptForeign } from './adopt.ts';
import { plan } from '../plan.ts';

function counting(): () => string {
  let made = 0;
  return () => `new-${made += 1}`;
}

const accepted = (definition: ClusterDefinition) => ({ clusterId: 'c', revision: 3, definition });

function tableOf(definition: ClusterDefinition, directorId: string, overrides: readonly Override[] = []): readonly ServiceRule[] {
  return effective({ directorId, accepted: [accepted(definition)], overrides, nowMs: 5 }).services;
}

const adopted = (definition: ClusterDefinition, actual: ActualTable, overrides: readonly Override[] = []) => (
  adopt(accepted(definition), actual, { directorId: 'lb-1', overrides, nowMs: 5, newId: counting() }));
const planned = (definition: ClusterDefinition, actual: ActualTable, overrides: readonly Override[] = []) => (
  plan({ services: tableOf(definition, 'lb-1', overrides) }, actual));

/** One service, forwarded as it is wanted but for these changes. */
function forwarded(changes: Partial<ActualService> = {}, definition = cluster()): ActualTable {
  const [first, ...others] = actualOf(tableOf(definition, 'lb-1'));
  if (first === undefined) throw new Error('one service');
  return { services: [{ ...first, ...changes }, ...others], others: [] };
}

const overridden = (overrides: Override[]): ActualTable => ({ services: actualOf(tableOf(cluster(), 'lb-1', overrides)), others: [] });

const override: Override = {
  id: 'o', target: { clusterId: 'c', serviceId: 'web', realServerId: 'rs-20' }, cause: 'manual', effect: { kind: 'weight', weight: 7 }, author: 'Ann', reason: '',
  startsAtMs: 0, endsAtMs: null,
};

describe('adopting what a director forwards', () => {
  it('leaves a definition that is forwarded as it is', () => expect(adopted(cluster(), forwarded())).toEqual(cluster()));

  it('takes the sorry server for no real server, nor the threshold of a slow start for one that somebody set', () => {
    const sorry = { id: 'sorry', name: 'sorry', rip: '192.168.8.99', port: 80, method: { kind: 'nat' } } as const;
    const definition = cluster({ services: [service('web', { health: { ...healthOf('below sorry'), sorry } })] });
    const given: Override[] = [
      { ...override, id: 's', cause: 'health', target: { ...override.target, realServerId: 'sorry' }, effect: { kind: 'weight', weight: 1 } },
      { ...override, cause: 'slowStart', effect: { kind: 'weight', weight: 1, upper: 9 } },
    ];
    const actual = { services: actualOf(tableOf(definition, 'lb-1', given)), others: [] };
    expect(actual.services[0]?.realServers).toHaveLength(3);
    expect(adopted(definition, actual, given)).toEqual(definition);
    expect(adopted(definition, actual, given.slice(1))).toEqual(definition);
  });

  it('takes settings and weights over, keeps names and ids, drops what is gone and names what is new by its address', () => {
    const [web] = forwarded().services;
    const [first] = web?.realServers ?? [];
    if (web === undefined || first === undefined) throw new Error('a service with real servers');
    const late = { ...first, endpoint: { rip: '192.168.8.40', port: 8080 }, settings: { ...first.settings, weight: 3 } };
    const actual = forwarded({
      settings: { ...web.settings, scheduler: { name: 'wlc' } }, realServers: [{ ...first, settings: { ...first.settings, weight: 5 } }, late],
    });
    const after = adopted(cluster(), actual);
    expect(after).toEqual(cluster({ services: [service('web', {
      scheduler: { name: 'wlc' },
      realServers: [realServer('rs-20', { weight: 5 }), realServer('new-1', { name: '192.168.8.40:8080', rip: '192.168.8.40', weight: 3 })],
    })] }));
    expect(planned(after, actual)).toEqual([]);
  });

  it('wants a service no more that somebody took away', () => {
    expect(adopted(cluster(), { services: [], others: [] }).services).toEqual([]);
  });

  it('keeps the weight below an override, and what an override took out', () => {
    for (const effect of [{ kind: 'weight', weight: 7 }, { kind: 'remove' }] as const) {
      const overrides = [{ ...override, effect }];
      expect(adopted(cluster(), overridden(overrides), overrides)).toEqual(cluster());
    }
  });

  it('leaves services of others, and rules without words, as they were defined', () => {
    expect(adopted(cluster(), forwarded({ foreign: true, realServers: [] }))).toEqual(cluster());
    const [web] = forwarded().services;
    const [gone, ...kept] = web?.realServers ?? [];
    if (web === undefined || gone === undefined) throw new Error('a service with real servers');
    const rule: OtherRule = { key: realServerKey(serviceKey(web.address), endpointKey(gone.endpoint)), is: 'realServer', service: web.address, text: '-a', why: 'weight' };
    expect(adopted(cluster(), { services: [{ ...web, realServers: kept }], others: [rule] })).toEqual(cluster());
    expect(adopted(cluster(), { services: [], others: [{ ...rule, is: 'service', key: serviceKey(web.address) }] })).toEqual(cluster());
  });

  it('changes nothing for a director that the definition does not name', () => {
    const elsewhere = cluster({ directors: [] });
    expect(adopted(elsewhere, { services: [], others: [] })).toEqual(elsewhere);
  });

  it('leaves nothing to plan, whatever somebody did, and is a definition', () => {
    const changed = fc.record({ settings: serviceSettings, realServers: realServerRules, fate: fc.constantFrom('gone', 'changed', 'same') });
    fc.assert(fc.property(anyDefinition, fc.array(changed, { minLength: 4, maxLength: 4 }), (definition, changes) => {
      const [{ directorId } = { directorId: 'd1' }] = definition.directors;
      const unique = { ...definition, services: definition.services.map((one) => ({ ...one, realServers: one.realServers.filter(({ rip, port }, at, all) => (
        all.findIndex((other) => other.rip === rip && other.port === port) === at)) })) };
      const source = definition.directors[0]?.dip.ipv4 ?? null;
      const services = tableOf(unique, directorId).flatMap((rule, at): ServiceRule[] => {
        const { fate, settings, realServers } = changes[at % changes.length] ?? { fate: 'same' as const, settings: rule.settings, realServers: rule.realServers };
        if (fate === 'gone') return [];
        // Only Weir proxies, and from the director's own address.
        const kept = realServers.map((one) => (one.settings.method.kind === 'proxied' && !one.endpoint.rip.includes(':')
          ? { ...one, settings: { ...one.settings, method: { kind: 'proxied' as const, source } } } : one)).filter(({ endpoint }) => !endpoint.rip.includes(':'));
        return [fate === 'same' ? rule : { ...rule, settings, realServers: kept }];
      });
      const actual = { services: actualOf(services), others: [] };
      const distinct = new Set(unique.services.map(({ match }) => serviceKey(addressOf(match)))).size === unique.services.length;
      fc.pre(distinct);
      const after = adopt(accepted(unique), actual, { directorId, overrides: [], nowMs: 5, newId: counting() });
      expect(plan({ services: tableOf(after, directorId) }, actual)).toEqual([]);
      expect(ClusterDefinition.parse(after)).toEqual(after);
    }));
  });
});

describe('adopting a service of others', () => {
  const [foreign] = forwarded({ foreign: true }).services;
  if (foreign === undefined) throw new Error('one service');
  const empty = cluster({ services: [], vips: [] });

  it('makes it part of the definition, with its VIP held where it is', () => {
    const after = adoptForeign(empty, foreign, { directorId: 'lb-1', newId: counting() });
    expect(after).toMatchObject({ vips: [{ address: vip, holder: 'lb-1' }], services: [{ name: `tcp ${vip}:80`, match: foreign.address }] });
    expect(ClusterDefinition.parse(after)).toEqual(after);
    expect(plan({ services: tableOf(after, 'lb-1') }, { services: [{ ...foreign, foreign: false }] })).toEqual([]);
  });

  it('leaves a VIP with whoever holds it', () => {
    const held = cluster({ services: [], vips: [{ address: vip, holder: null }] });
    expect(adoptForeign(held, foreign, { directorId: 'lb-1', newId: counting() }).vips).toEqual([{ address: vip, holder: null }]);
  });

  it('leaves to a person what a firewall mark marks: a draft can hold it, and no definition before that is said', () => {
    const address = { kind: 'mark', family: mark.family, mark: mark.mark } as const;
    const after = adoptForeign(empty, { ...foreign, address }, { directorId: 'lb-1', newId: counting() });
    expect(after).toMatchObject({ vips: [], services: [{ name: serviceKey(address), match: { ...address, vips: [], ports: [] }, realServers: [{}, {}] }] });
    expect(DraftValues.safeParse({ definition: after, reason: '' }).success).toBe(true);
    expect(ClusterDefinition.safeParse(after).success).toBe(false);
  });
});
