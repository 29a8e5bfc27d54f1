// Which life of the forwarder this is: one that outlives its agent still has what it had, until its host starts anew.
import type { Capabilities } from '@weir/model';
import { kernelLife } from '../../host/kernel-life.ts';

/** Null for a forwarder that begins empty with its agent. */
export async function lifeOf({ outlivesAgent }: Pick<Capabilities, 'outlivesAgent'>): Promise<string | null> {
  return outlivesAgent ? kernelLife() : null;
}
