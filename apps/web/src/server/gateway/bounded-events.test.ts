// What one agent's stream may bring, and where it is too much.
import { describe, expect, it } from 'vitest';
import { createMeter, StreamTooMuch } from './bounded-events.ts';

const bounds = { eventBytesMax: 100, bytesPerSecondMax: 1_000, eventsPerSecondMax: 5 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a meter', () => {
  it('lets a second of events through, again and again', () => {
    let now = 0;
    const meter = createMeter(bounds, () => now);
    for (; now < 10_000; now += 250) expect(() => meter(bytes(`event: x\nid: 1\ndata: ${'x'.repeat(60)}\n\n`))).not.toThrow();
  });

  it('stops an event without end, in however many pieces it comes', () => {
    let now = 0;
    const meter = createMeter(bounds, () => now);
    expect(() => {
      for (; now < 60_000; now += 500) meter(bytes('x'.repeat(10)));
    }).toThrow('an event of more than 100 bytes');
    expect(now).toBe(5_000);
  });

  it('stops too many bytes and too many events in a second', () => {
    const meter = createMeter(bounds, () => 0);
    expect(() => meter(bytes(`${'x'.repeat(99)}\n`.repeat(11)))).toThrow('more than 1000 bytes in a second');
    const other = createMeter(bounds, () => 0);
    expect(() => other(bytes('\n'.repeat(21)))).toThrow(StreamTooMuch);
  });
});
