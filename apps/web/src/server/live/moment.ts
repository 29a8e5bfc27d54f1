// What every tick of a second is made of.
import type { KnownRevision } from '../clusters/standings.ts';
import type { DirectorNow } from './holders.ts';

export interface Moment {
  readonly atMs: number;
  readonly wanted: readonly KnownRevision[];
  readonly directors: ReadonlyMap<string, DirectorNow>;
}
