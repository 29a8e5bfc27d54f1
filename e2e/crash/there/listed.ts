// The overrides that the panel says the director holds.
import { Override } from '@weir/model';
import { z } from 'zod';
import type { Api } from '../../weir/api.ts';
import type { Site } from '../site.ts';

const Lists = z.array(z.object({ directorId: z.string(), overrides: z.array(z.object({ override: Override })).nullable() }));

export async function heldBy(api: Api, { clusterId, directorId }: Site): Promise<Override[]> {
  const lists = await api.query('overrides.list', Lists, { clusterId });
  return lists.find((list) => list.directorId === directorId)?.overrides?.map(({ override }) => override) ?? [];
}
