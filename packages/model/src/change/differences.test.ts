// What differs between two definitions: the examples a person would read, and what holds for all of them.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClusterDefinition, ServiceMatch, VirtualService } from '../definition/definition.ts';
import { tutorialCluster } from '../definition/tutorial.ts';
import { same } from '../json/same.ts';
import { definition } from '../testing/definitions/arbitrary-definition.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';

const before = tutorialCluster('d1');

function withServices(change: (service: VirtualService) => VirtualService): ClusterDefinition {
  return { ...before, services: before.services.map(change) };
}

function by<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function inMatch(match: ServiceMatch): ServiceMatch {
  return match.kind === 'address' ? match : { ...match, vips: by(match.vips, String), ports: by(match.ports, String) };
}

/** The same content in the one order of its keys. */
function sorted(one: ClusterDefinition): ClusterDefinition {
  return {
    ...one,
    directors: by(one.directors, ({ directorId }) => directorId),
    vips: by(one.vips, ({ address }) => address),
    services: by(one.services, ({ id }) => id).map((service) => ({
      ...service, match: inMatch(service.match), realServers: by(service.realServers, ({ id }) => id),
    })),
  };
}

function mix<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

function shuffled(one: ClusterDefinition): fc.Arbitrary<ClusterDefinition> {
  const services = fc.tuple(...one.services.map((service) => mix(service.realServers).map((realServers) => ({ ...service, realServers }))));
  return fc.tuple(mix(one.directors), mix(one.vips), services.chain(mix))
    .map(([directors, vips, mixed]) => ({ ...one, directors, vips, services: mixed }));
}

function kinds(found: readonly Difference[]): string[] {
  return found.map(({ kind, object }) => `${kind} ${object}`);
}

/** Each difference by the object that it is about. */
function about(found: readonly Difference[]): string[] {
  return found.map((one) => JSON.stringify([one.object, one.object === 'realServer' ? one.service : null, one.before, one.after])).toSorted();
}

test('a weight is a changed real server of its service', () => {
  const after = withServices((service) => ({ ...service, realServers: service.realServers.map((rs, index) => (index === 0 ? { ...rs, weight: 5 } : rs)) }));
  const [realServer] = before.services[0]?.realServers ?? [];
  expect(differences(before, after)).toEqual([
    { object: 'realServer', service: before.services[0]?.name, kind: 'changed', fields: ['weight'], before: realServer, after: { ...realServer, weight: 5 } },
  ]);
});

test('a service that is added comes before its real servers; what is removed comes last', () => {
  const none = { ...before, services: [] };
  expect(kinds(differences(none, before))).toEqual(['added service', 'added realServer', 'added realServer']);
  expect(kinds(differences(before, none))).toEqual(['removed service', 'removed realServer', 'removed realServer']);
});

test('a service is told without its real servers, and by its new name', () => {
  const after = withServices((service) => ({ ...service, name: 'shop', scheduler: { name: 'wlc' }, realServers: service.realServers.slice(1) }));
  const found = differences(before, after);
  expect(found).toMatchObject([
    { object: 'service', kind: 'changed', fields: ['name', 'scheduler'] }, { object: 'realServer', kind: 'removed', service: 'shop' },
  ]);
  expect(found[0]?.after).not.toHaveProperty('realServers');
});

test('names, directors and VIPs count too', () => {
  const after = { ...tutorialCluster('d2'), name: 'other' };
  expect(differences(before, after).map(({ object, kind }) => [object, kind])).toEqual([
    ['cluster', 'changed'], ['director', 'added'], ['director', 'removed'], ['vip', 'changed'],
  ]);
});

test('there is no difference exactly when the content is the same, in whatever order', () => {
  fc.assert(fc.property(definition, definition, (one, other) => {
    expect(differences(one, other).length === 0).toBe(same(sorted(one), sorted(other)));
  }));
  fc.assert(fc.property(definition.chain((one) => fc.tuple(fc.constant(one), shuffled(one))), ([one, mixed]) => {
    expect(differences(one, mixed)).toEqual([]);
  }));
});

test('the order of a definition changes only the order of the differences', () => {
  const mixes = fc.tuple(definition, definition).chain(([one, other]) => fc.tuple(fc.constant([one, other] as const), shuffled(one), shuffled(other)));
  fc.assert(fc.property(mixes, ([[one, other], oneMixed, otherMixed]) => {
    expect(about(differences(oneMixed, otherMixed))).toEqual(about(differences(one, other)));
  }));
});

test('backwards, what was added is removed and what was changed is changed back', () => {
  fc.assert(fc.property(definition, definition, (one, other) => {
    const mirrored = { added: 'removed', removed: 'added', changed: 'changed' } as const;
    const there = differences(one, other).map(({ object, kind, before: was, after: is }) => JSON.stringify([object, mirrored[kind], is, was]));
    const back = differences(other, one).map(({ object, kind, before: was, after: is }) => JSON.stringify([object, kind, was, is]));
    expect(back.toSorted()).toEqual(there.toSorted());
  }));
});
