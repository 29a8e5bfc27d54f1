// The reader on a thread of its own: the page goes on while ten million characters are read.
import { readSource, type Source } from '../read-source.ts';
import { partsOf } from './parts.ts';

globalThis.addEventListener('message', ({ data }: MessageEvent<Source>) => {
  for (const part of partsOf(readSource(data))) globalThis.postMessage(part);
});
