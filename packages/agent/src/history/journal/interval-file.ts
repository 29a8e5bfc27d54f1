// The file of one interval: a line about it, then one for each service.
import { encodeServiceInterval, ServiceIntervalTuple, WireInterval } from '@weir/protocol';
import type { Interval } from '@weir/model';
import { z } from 'zod';
import { packLines, unpackLines } from './packed-lines.ts';

const Header = WireInterval.omit({ services: true }).extend({ format: z.literal(1), services: z.int().min(0) });
type Header = z.infer<typeof Header>;

function* linesOf({ services, ...interval }: Interval): Generator {
  yield { format: 1, ...interval, services: services.length } satisfies Header;
  for (const service of services) yield encodeServiceInterval(service);
}

export function packInterval(interval: Interval): Promise<Buffer> {
  return packLines(linesOf(interval));
}

/** Throws where it is not whole, or another one. */
export async function unpackInterval(packed: Buffer, sequence: number): Promise<WireInterval> {
  const lines = unpackLines(packed);
  const { format: _, services: count, ...header } = Header.parse((await lines.next()).value);
  const services: ServiceIntervalTuple[] = [];
  for await (const line of lines) services.push(ServiceIntervalTuple.parse(line));
  if (header.sequence !== sequence) throw new Error(`it says that it is ${header.sequence}`);
  if (services.length !== count) throw new Error(`it has ${services.length} services of ${count}`);
  return { ...header, services };
}
