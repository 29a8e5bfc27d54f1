// An override whose weight is a revision already.
import { tutorialCluster, type Override } from '@weir/model';
import { expect, test } from 'vitest';
import { keptUnapplied } from './kept.ts';

const definition = tutorialCluster('d1');
const [service] = definition.services;
const [realServer] = service?.realServers ?? [];
const override: Override = {
  id: 'o', target: { clusterId: 'c', serviceId: service?.id ?? '', realServerId: realServer?.id ?? '' }, effect: { kind: 'weight', weight: 1 },
  cause: 'manual', author: 'Ada', reason: '', startsAtMs: 0, endsAtMs: null,
};

test('kept and not applied, the weight returns to what is accepted', () => {
  expect(keptUnapplied({ definition }, { override, definedWeight: 100 })).toEqual({ realServer: realServer?.name, weight: 1, accepted: 100 });
});

test('nothing falls back where it is applied, was not kept, or is not known', () => {
  expect(keptUnapplied({ definition }, { override, definedWeight: 1 })).toBeNull();
  expect(keptUnapplied({ definition }, { override: { ...override, effect: { kind: 'weight', weight: 7 } }, definedWeight: 100 })).toBeNull();
  expect(keptUnapplied({ definition }, { override, definedWeight: null })).toBeNull();
});
