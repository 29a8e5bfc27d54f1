// The lines of the last five minutes, of all services at once. Pure.
import { tracesOf, type Traces } from '../../../live/service-line.ts';
import type { LiveTick } from '../../../live/topic.ts';
import type { TopicView } from '../../live/topic-buffer.ts';

/** One value for about each pixel of the line. */
const bucketMs = 5_000;
const bucketsInLine = 60;

/** A second that is past says it; of the newest it is in its lines. */
function tracesIn({ traces, lines }: LiveTick): Traces {
  return traces ?? tracesOf(lines?.shown ?? []);
}

interface Bucket { sum: number; count: number }

/** By service, oldest first: the mean of each five seconds, null where nothing was measured in them. The unfinished last ones are left out. */
export function sparks(view: TopicView): ReadonlyMap<string, readonly (number | null)[]> {
  const toMs = Math.floor((view.latest?.atMs ?? 0) / bucketMs) * bucketMs;
  const fromMs = toMs - bucketsInLine * bucketMs;
  const byService = new Map<string, Map<number, Bucket>>();
  for (const tick of view.ticks) {
    if (tick.atMs < fromMs || tick.atMs >= toMs) continue;
    const place = Math.floor((tick.atMs - fromMs) / bucketMs);
    for (const [id, value] of Object.entries(tracesIn(tick))) if (value !== null) put(byService, id, place, value);
  }
  return new Map([...byService].map(([id, buckets]) => [id, Array.from({ length: bucketsInLine }, (_, place) => meanOf(buckets.get(place)))]));
}

function put(byService: Map<string, Map<number, Bucket>>, id: string, place: number, value: number): void {
  const buckets = byService.get(id) ?? new Map<number, Bucket>();
  byService.set(id, buckets);
  const bucket = buckets.get(place) ?? { sum: 0, count: 0 };
  buckets.set(place, bucket);
  bucket.sum += value;
  bucket.count += 1;
}

function meanOf(bucket: Bucket | undefined): number | null {
  return bucket === undefined ? null : bucket.sum / bucket.count;
}
