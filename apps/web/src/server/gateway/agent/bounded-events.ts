// Bounds what one agent's stream may bring: the size of an event, and events and bytes a second. Past it the stream breaks.
import type { ReadableStream } from 'node:stream/web';
import type { ReaderLike } from 'eventsource';

export interface StreamBounds {
  readonly eventBytesMax: number;
  readonly bytesPerSecondMax: number;
  readonly eventsPerSecondMax: number;
  /** More than these are not read: agents send one, and after a pause of the network some at once. */
  readonly ticksPerSecondMax: number;
}

/**
 * A tick of the largest known table has about 5 MB; a state event after an apply comes in between. What a pause of the network held back
 * comes at once: of bytes, events and ticks alike, some seconds' worth may.
 */
export const usualStreamBounds: StreamBounds = {
  eventBytesMax: 16 * 1_024 * 1_024, bytesPerSecondMax: 12 * 1_024 * 1_024, eventsPerSecondMax: 50, ticksPerSecondMax: 2,
};

export class StreamTooMuch extends Error {
  override readonly name = 'StreamTooMuch';
}

const heldBackSeconds = 5;

/** Says of so much whether it may come: so much a second, and what was not used of some seconds. */
export function createAllowance(perSecond: number, now: () => number): (amount: number) => boolean {
  const most = perSecond * heldBackSeconds;
  let left = most;
  let lastMs = now();
  return (amount) => {
    const atMs = now();
    left = Math.min(most, left + (Math.max(0, atMs - lastMs) * perSecond) / 1_000);
    lastMs = atMs;
    if (left < amount) return false;
    left -= amount;
    return true;
  };
}

const lineFeed = 10;
const linesPerEvent = 4;

/** Counts pieces of a stream as they come; throws at the one that is too much. Lines stand for events: an event has a few. */
export function createMeter({ eventBytesMax, bytesPerSecondMax, eventsPerSecondMax }: StreamBounds, now: () => number): (piece: Uint8Array) => void {
  const mayTakeBytes = createAllowance(bytesPerSecondMax, now);
  const mayTakeLines = createAllowance(eventsPerSecondMax * linesPerEvent, now);
  let lineBytes = 0;
  return (piece) => {
    if (!mayTakeBytes(piece.length)) throw new StreamTooMuch(`more than ${bytesPerSecondMax} bytes a second`);
    let lines = 0;
    let lineStart = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, lineStart)) {
      lines += 1;
      lineBytes = 0;
      lineStart = end + 1;
    }
    lineBytes += piece.length - lineStart;
    if (lineBytes > eventBytesMax) throw new StreamTooMuch(`an event of more than ${eventBytesMax} bytes`);
    if (!mayTakeLines(lines)) throw new StreamTooMuch(`more than ${eventsPerSecondMax} events a second`);
  };
}

/** The same pieces, until one is too much. */
export function metered(pieces: ReadableStream<Uint8Array>, bounds: StreamBounds, onTooMuch: (error: StreamTooMuch) => void): { getReader(): ReaderLike } {
  const meter = createMeter(bounds, Date.now);
  const reader = pieces.getReader();
  const read: ReaderLike['read'] = async () => {
    const next = await reader.read();
    try {
      if (!next.done) meter(next.value);
      return next;
    } catch (error) {
      if (error instanceof StreamTooMuch) onTooMuch(error);
      throw error;
    }
  };
  return { getReader: () => ({ read, cancel: () => reader.cancel() }) };
}
