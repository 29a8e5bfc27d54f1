// What is written through it is what the platform's own encoder writes, however the text is cut.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { WholeTextEncoderStream } from './text-encoding.ts';

async function written(stream: TextEncoderStream, pieces: readonly string[]): Promise<Buffer> {
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (const piece of pieces) await writer.write(piece);
    await writer.close();
  })();
  const bytes: Uint8Array[] = [];
  for await (const piece of stream.readable) bytes.push(piece);
  await writing;
  return Buffer.concat(bytes);
}

const unit = fc.oneof(fc.constantFrom('\uD83D', '\uDE00', '\uFEFF', '堰', 'é', ''), fc.string({ unit: 'grapheme' }));
const piece = fc.array(unit, { maxLength: 4 }).map((units) => units.join(''));

it('writes the bytes that the platform does, also where a pair is cut in two or one half is missing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async (pieces) => {
    expect(await written(new WholeTextEncoderStream(), pieces)).toEqual(await written(new TextEncoderStream(), pieces));
  }));
});
