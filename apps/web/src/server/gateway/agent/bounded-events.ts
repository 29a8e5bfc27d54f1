// Bounds what one agent's stream may bring: the size of an event, and events and bytes per second. Past it the stream breaks.
import { TransformStream } from 'node:stream/web';
import type { ReadableStream } from 'node:stream/web';

export interface StreamBounds {
  readonly eventBytesMax: number;
  readonly bytesPerSecondMax: number;
  readonly eventsPerSecondMax: number;
  /** More than these are not read: agents send one, and after a pause of the network some at once. */
  readonly ticksPerSecondMax: number;
}

/** A tick of the largest known table has about 5 MB; a state event after an apply comes in between. */
export const usualStreamBounds: StreamBounds = {
  eventBytesMax: 16 * 1_024 * 1_024, bytesPerSecondMax: 24 * 1_024 * 1_024, eventsPerSecondMax: 50, ticksPerSecondMax: 2,
};

export class StreamTooMuch extends Error {
  override readonly name = 'StreamTooMuch';
}

const lineFeed = 10;

/** Counts pieces of a stream as they come; throws at the one that is too much. Lines stand for events: an event has a few. */
export function createMeter(bounds: StreamBounds, now: () => number): (piece: Uint8Array) => void {
  const linesPerEvent = 4;
  let second = { startedAt: now(), bytes: 0, lines: 0 };
  let lineBytes = 0;
  return (piece) => {
    if (now() - second.startedAt >= 1_000) second = { startedAt: now(), bytes: 0, lines: 0 };
    second.bytes += piece.length;
    if (second.bytes > bounds.bytesPerSecondMax) throw new StreamTooMuch(`more than ${bounds.bytesPerSecondMax} bytes in a second`);
    let lineStart = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, lineStart)) {
      second.lines += 1;
      lineBytes = 0;
      lineStart = end + 1;
    }
    lineBytes += piece.length - lineStart;
    if (lineBytes > bounds.eventBytesMax) throw new StreamTooMuch(`an event of more than ${bounds.eventBytesMax} bytes`);
    if (second.lines > bounds.eventsPerSecondMax * linesPerEvent) throw new StreamTooMuch(`more than ${bounds.eventsPerSecondMax} events in a second`);
  };
}

const burstSeconds = 5;

/** Says of each tick, when it comes, whether it is read: so many a second, and what was not used of some seconds. */
export function createTickAllowance({ ticksPerSecondMax }: Pick<StreamBounds, 'ticksPerSecondMax'>, now: () => number): () => boolean {
  const most = ticksPerSecondMax * burstSeconds;
  let left = most;
  let lastMs = now();
  return () => {
    const atMs = now();
    left = Math.min(most, left + (Math.max(0, atMs - lastMs) * ticksPerSecondMax) / 1_000);
    lastMs = atMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

/** The same pieces, until one is too much. */
export function metered(pieces: ReadableStream<Uint8Array>, bounds: StreamBounds, onTooMuch: (error: StreamTooMuch) => void): ReadableStream<Uint8Array> {
  const meter = createMeter(bounds, Date.now);
  return pieces.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      try {
        meter(piece);
        controller.enqueue(piece);
      } catch (error) {
        if (error instanceof StreamTooMuch) onTooMuch(error);
        controller.error(error);
      }
    },
  }));
}
