// Reads what was handed in on a thread of its own, which ends with it: when it is read, when it takes too long, or when nobody wants it any more.
import type { ReadSource, Source } from '../read-source.ts';
import { Gathered, type ReadPart } from './parts.ts';

export type ReadApart = ReadSource | { readonly kind: 'tookTooLong' } | { readonly kind: 'readerFailed'; readonly reason: string };

export interface ApartOptions {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Never settles once the signal is aborted: nobody waits for it. */
export function readApart(source: Source, { deadlineMs, signal }: ApartOptions): Promise<ReadApart> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' });
    const gathered = new Gathered();
    const end = (result: ReadApart | null): void => {
      clearTimeout(timer);
      worker.terminate();
      if (result !== null) resolve(result);
    };
    const timer = setTimeout(() => end({ kind: 'tookTooLong' }), deadlineMs);
    signal.addEventListener('abort', () => end(null), { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<ReadPart>) => {
      const whole = gathered.take(data);
      if (whole !== null) end(whole);
    });
    worker.addEventListener('error', ({ message }) => end({ kind: 'readerFailed', reason: message }));
    worker.postMessage(source);
  });
}
