// Lines of JSON, packed: what a large director writes every ten seconds, made and read without holding up the agent's only thread.
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { Turns } from '@weir/forwarder';

const packs = promisify(deflate);
const unpacks = promisify(inflate);

/** 37,205 real servers have about 5 MB. */
export const LINES_BYTES_MAX = 32 * 1_048_576;

export async function packLines(lines: Iterable<unknown>): Promise<Buffer> {
  const turns = new Turns();
  const texts: string[] = [];
  for (const line of lines) {
    texts.push(JSON.stringify(line));
    await turns.next();
  }
  const text = Buffer.from(texts.join('\n'));
  if (text.length > LINES_BYTES_MAX) throw new RangeError(`it would be larger than ${LINES_BYTES_MAX} bytes`);
  // More than the fastest level saves a fifth, and takes three times as long.
  return packs(text, { level: 1 });
}

export async function* unpackLines(packed: Buffer): AsyncGenerator<unknown, void> {
  const text = await unpacks(packed, { maxOutputLength: LINES_BYTES_MAX });
  const turns = new Turns();
  for (let from = 0; from <= text.length;) {
    const found = text.indexOf(10, from);
    const to = found === -1 ? text.length : found;
    yield JSON.parse(text.toString('utf8', from, to));
    from = to + 1;
    await turns.next();
  }
}
