// What all counters showed when the last interval closed: from there the next life of the agent goes on.
import type { Lived, Shown } from '@weir/model';
import { line, LIVED_MAX } from '@weir/model';
import { CountersTuple, decodeCounters, encodeCounters, KeyText } from '@weir/protocol';
import { z } from 'zod';
import { packLines, unpackLines } from './packed-lines.ts';

const timeMs = z.int().min(0);

const Header = z.strictObject({
  format: z.literal(1), sequence: z.int().min(1), atMs: timeMs,
  /** Of the forwarder; null: it began with its agent. */
  life: line(200).nullable(),
  lived: z.array(z.strictObject({ fromMs: timeMs, toMs: timeMs })).max(LIVED_MAX),
  services: z.int().min(0),
});
type Header = z.infer<typeof Header>;

const Service = z.tuple([KeyText, CountersTuple, z.array(z.tuple([KeyText, CountersTuple]))]);
type Service = z.infer<typeof Service>;

export interface LastShown {
  readonly life: string | null;
  readonly shown: Shown;
  readonly lived: readonly Lived[];
}

function* linesOf(sequence: number, { life, lived, shown: { atMs, services } }: LastShown): Generator {
  yield { format: 1, sequence, atMs, life, lived: [...lived], services: services.length } satisfies Header;
  for (const { key, counters, realServers } of services) {
    yield [key, encodeCounters(counters), realServers.map((realServer) => [realServer.key, encodeCounters(realServer.counters)])] satisfies Service;
  }
}

export function packShown(sequence: number, last: LastShown): Promise<Buffer> {
  return packLines(linesOf(sequence, last));
}

/** Throws where it is not whole, or belongs to another interval. */
export async function unpackShown(packed: Buffer, sequence: number): Promise<LastShown> {
  const lines = unpackLines(packed);
  const header = Header.parse((await lines.next()).value);
  const services: Shown['services'][number][] = [];
  for await (const value of lines) {
    const [key, counters, realServers] = Service.parse(value);
    services.push({ key, counters: decodeCounters(counters), realServers: realServers.map(([endpoint, own]) => ({ key: endpoint, counters: decodeCounters(own) })) });
  }
  if (header.sequence !== sequence) throw new Error(`it says that it is ${header.sequence}`);
  if (header.services !== services.length) throw new Error(`it has ${services.length} services of ${header.services}`);
  return { life: header.life, lived: header.lived, shown: { atMs: header.atMs, services } };
}
