// Overrides of real servers that their cluster has no more.
import type { Ground } from '../ground.ts';
import { targetOf } from './override-target.ts';

export async function dropOrphans(clusterId: string, { holdings, log }: Ground): Promise<void> {
  const { accepted, overrides } = holdings.held;
  const left = overrides.filter((override) => override.target.clusterId !== clusterId || targetOf(override, accepted) !== null);
  if (left.length === overrides.length) return;
  await holdings.setOverrides(left).catch((error: unknown) => log.error({ err: error }, 'overrides could not be removed from the disk'));
}
