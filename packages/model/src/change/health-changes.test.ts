import { expect, test } from 'vitest';
import { cluster, service } from '../testing/definitions/cluster.ts';
import { healthOf } from '../testing/health-tale.ts';
import { healthChanges } from './health-changes.ts';

const health = healthOf('');
const other = { ...health, whenDown: 'remove' as const };
const plain = cluster({ services: [service('web')] });
const checked = cluster({ services: [service('web', { health })] });
const about = { serviceId: checked.services[0]?.id, service: checked.services[0]?.name };

test('it begins, changes and ends with the setting of a service', () => {
  expect(healthChanges(plain, checked)).toEqual([{ ...about, before: null, after: health }]);
  expect(healthChanges(checked, cluster({ services: [service('web', { health: other })] }))).toEqual([{ ...about, before: health, after: other }]);
  expect(healthChanges(checked, plain)).toEqual([{ ...about, before: health, after: null }]);
});

test('it begins and ends with the service, and with the cluster on a director', () => {
  const none = cluster({ services: [] });
  for (const before of [none, null]) expect(healthChanges(before, checked)).toEqual([{ ...about, before: null, after: health }]);
  for (const after of [none, null]) expect(healthChanges(checked, after)).toEqual([{ ...about, before: health, after: null }]);
});

test('what is no health changes nothing of it', () => {
  const renamed = cluster({ services: [service('web', { health, scheduler: { name: 'lc' } })] });
  expect([healthChanges(checked, renamed), healthChanges(plain, cluster({ services: [] })), healthChanges(null, null)]).toEqual([[], [], []]);
});
