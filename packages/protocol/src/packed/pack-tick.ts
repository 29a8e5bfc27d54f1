// Reads a tick straight into plain memory, in place of the schema: a hundred directors bring a hundred thousand real servers each second.
// It takes and refuses exactly what the schema does.
import { Id, noRefusals } from '@weir/model';
import type { Refusals } from '@weir/model';
import { decodeRefused, KEY_LENGTH_MAX, RefusedTuples, ROWS_MAX } from '../tick.ts';
import { Figures } from './figures.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { PackedSample } from './packed-sample.ts';

export interface PackedTick {
  readonly bootId: string;
  readonly sequence: number;
  readonly sample: PackedSample;
}

const fields = ['kind', 'bootId', 'sequence', 'measuredAtMs', 'services'] as const;

/** Null where it is no tick. `before`: of the same director. */
export function packTick(event: unknown, before: Layout | null): PackedTick | null {
  if (!isRecord(event) || event['kind'] !== 'tick' || Object.keys(event).length !== fields.length || !fields.every((field) => Object.hasOwn(event, field))) return null;
  const { bootId, sequence, measuredAtMs, services } = event;
  if (!Id.safeParse(bootId).success || !isTime(sequence) || !isTime(measuredAtMs) || !isList(services)) return null;
  const sample = packServices(services, measuredAtMs, before);
  return sample === null ? null : { bootId: String(bootId), sequence, sample };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= ROWS_MAX;
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= KEY_LENGTH_MAX;
}

type RealServerTuple = readonly [key: string, ...rest: unknown[]];
type ServiceTuple = readonly [key: string, counters: unknown, realServers: readonly RealServerTuple[], refused: unknown];

/** Of its real servers it is known that they look like some: memory is taken for each. */
function isServiceTuple(value: unknown): value is ServiceTuple {
  return Array.isArray(value) && value.length === 4 && isKey(value[0]) && isList(value[2]) && value[2].every(isRealServerTuple);
}

function isRealServerTuple(value: unknown): value is RealServerTuple {
  return Array.isArray(value) && value.length === 6 && isKey(value[0]);
}

function packServices(services: readonly unknown[], measuredAtMs: number, before: Layout | null): PackedSample | null {
  if (!services.every(isServiceTuple)) return null;
  const firsts = [0];
  for (const [, , realServers] of services) firsts.push((firsts.at(-1) ?? 0) + realServers.length);
  const realServerCount = firsts.at(-1) ?? 0;
  const figures = new Figures(services.length + realServerCount, realServerCount);
  const keys = { services: services.map(([key]) => key), realServers: [] as string[], firsts };
  const refused: (Refusals | null)[] = [];
  for (const [index, [, counters, realServers, refusals]] of services.entries()) {
    if (!figures.putCounters(index, counters)) return null;
    for (const realServer of realServers) {
      const at = keys.realServers.length;
      if (!figures.putCounts(at, realServer) || !figures.putCounters(services.length + at, realServer[5])) return null;
      keys.realServers.push(realServer[0]);
    }
    const known = packRefused(refusals);
    if (known === undefined) return null;
    refused.push(known);
  }
  return new PackedSample(measuredAtMs, { layout: layoutOf(keys, before), figures, refused });
}

/** Undefined where it is nothing of the kind. Most services turn nobody away. */
function packRefused(refusals: unknown): Refusals | null | undefined {
  if (refusals === null) return null;
  if (Array.isArray(refusals) && refusals.length === 0) return noRefusals;
  const parsed = RefusedTuples.safeParse(refusals);
  return !parsed.success || parsed.data === null ? undefined : decodeRefused(parsed.data);
}
