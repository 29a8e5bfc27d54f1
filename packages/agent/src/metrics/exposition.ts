// All that is told, as text: piece by piece, so that whoever writes it can let others have a turn.
import type { ByteKind, Sample } from '@weir/model';
import type { CheckerState, DirectorState, ServiceStanding } from '@weir/protocol';
import type { HeldCluster } from '../disk/data-folder.ts';
import { takeCensus } from './census.ts';
import type { CensusBounds, Names } from './census.ts';
import { directorFamilies } from './director-families.ts';
import type { AgentInfo } from './director-families.ts';
import { realServerFamilies, serviceFamilies } from './object-families.ts';
import { END_OF_OPEN_METRICS, familyLines } from './text-format.ts';
import type { Family, Format } from './text-format.ts';

/** A forwarder that is read each second and gives nothing for so long does not answer. */
const OLD_MS = 10_000;

export interface View {
  readonly info: AgentInfo;
  readonly byteKind: ByteKind;
  readonly accepted: readonly HeldCluster[];
  readonly names: Names;
  readonly sample: Sample | null;
  /** Since it came, whatever became of the host's clock. */
  readonly sampleAgeMs: number;
  readonly state: DirectorState | null;
  readonly checker: CheckerState;
  readonly journalBacklog: number;
  readonly standingOf: (at: { readonly clusterId: string; readonly serviceId: string }) => ServiceStanding | null;
  readonly bounds?: CensusBounds;
  /** So long has this telling taken. */
  readonly tookMs: () => number;
}

const duration: Family<View> = {
  name: 'weir_scrape_duration_seconds', type: 'gauge', unit: 'seconds', help: 'How long the agent took to put this together.',
  points: ({ tookMs }) => [{ labels: '', value: tookMs() / 1_000 }],
};

export function* exposition(view: View, format: Format): Generator<string> {
  const { info, byteKind, accepted, names, sample, sampleAgeMs, state, checker, journalBacklog, standingOf, bounds } = view;
  const census = sample === null || sampleAgeMs > OLD_MS ? null : takeCensus(sample, names, standingOf, bounds);
  const director = { info, accepted, state, checker, journalBacklog, census, sampledAtMs: sample?.measuredAtMs ?? null };
  for (const family of directorFamilies) yield* familyLines(family, [director], format);
  for (const family of serviceFamilies(byteKind)) yield* familyLines(family, census?.services ?? [], format);
  for (const family of realServerFamilies(byteKind)) yield* familyLines(family, census?.realServers ?? [], format);
  yield* familyLines(duration, [view], format);
  if (format === 'openMetrics') yield END_OF_OPEN_METRICS;
}
