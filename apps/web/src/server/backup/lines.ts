// Cuts a stream of bytes into lines of text, none longer than a row can be.
import { constants } from 'node:buffer';
import { BackupError } from './error.ts';

// What Node can hold as one string.
const lineBytesMax = constants.MAX_STRING_LENGTH;
const newline = 0x0a;

export async function* linesOf(chunks: AsyncIterable<Buffer>, bytesMax: number = lineBytesMax): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      parts.push(chunk.subarray(start, end));
      yield Buffer.concat(parts).toString('utf8');
      parts = [];
      bytes = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    bytes += chunk.length - start;
    if (bytes > bytesMax) throw new BackupError(`The backup has a line of more than ${bytesMax} bytes.`);
  }
  if (bytes > 0) throw new BackupError('The last line of the backup has no end.');
}
