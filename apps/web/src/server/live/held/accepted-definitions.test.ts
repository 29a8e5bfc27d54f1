// The definitions that directors have accepted, as the panel finds them again.
import { digest } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import { expect, it } from 'vitest';
import { webCluster } from '../../testing/directors.ts';
import { AcceptedDefinitions } from './accepted-definitions.ts';

const definition = webCluster({ directorIds: ['a'], vip: '127.1.1.1' });
const held = { clusterId: 'c', revision: 1, digest: digest(definition) };

function reading(read: (revision: number) => Promise<ClusterDefinition>): { definitions: AcceptedDefinitions; asked: number[] } {
  const asked: number[] = [];
  const definitions = new AcceptedDefinitions((_, revision) => {
    asked.push(revision);
    return read(revision);
  });
  return { definitions, asked };
}

it('are read once, and forgotten when nobody holds them', async () => {
  const { definitions, asked } = reading(() => Promise.resolve(definition));
  expect(definitions.get(held)).toBeNull();
  await definitions.keep([held, { ...held }]);
  await definitions.keep([held]);
  expect([definitions.get(held), asked]).toEqual([definition, [1]]);
  await definitions.keep([]);
  expect(definitions.get(held)).toBeNull();
});

it('are not those of another panel that has the same number', async () => {
  const { definitions, asked } = reading(() => Promise.resolve(definition));
  const other = { ...held, digest: '0'.repeat(64) };
  await definitions.keep([other]);
  await definitions.keep([other]);
  expect([definitions.get(other), asked]).toEqual([null, [1]]);
});

it('are asked for again when they could not be read', async () => {
  let away = true;
  const { definitions, asked } = reading(() => (away ? Promise.reject(new Error('the database is away')) : Promise.resolve(definition)));
  await definitions.keep([held]);
  expect(definitions.get(held)).toBeNull();
  away = false;
  await definitions.keep([held]);
  expect([definitions.get(held), asked]).toEqual([definition, [1, 1]]);
});
