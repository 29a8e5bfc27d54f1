// What one agent's stream may bring, and where it is too much.
import { describe, expect, it } from 'vitest';
import { createMeter, createTickAllowance, StreamTooMuch } from './bounded-events.ts';

const bounds = { eventBytesMax: 100, bytesPerSecondMax: 1_000, eventsPerSecondMax: 5, ticksPerSecondMax: 2 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** How many of so many ticks that come at once are read. */
const readIn = (allowed: () => boolean, times: number): number => Array.from({ length: times }, allowed).filter(Boolean).length;

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

describe('an allowance of ticks', () => {
  it('reads every one that comes once a second', () => {
    let now = 0;
    const allowed = createTickAllowance(bounds, () => now);
    for (let second = 0; second < 100; second += 1) {
      now += 1_000;
      expect(allowed()).toBe(true);
    }
  });

  it('reads what a pause of the network held back, and of a flood two a second', () => {
    let now = 0;
    const allowed = createTickAllowance(bounds, () => now);
    expect(readIn(allowed, 8)).toBe(8);
    expect(readIn(allowed, 1_000)).toBe(2);
    let read = 0;
    for (; now < 10_000; now += 20) read += readIn(allowed, 1);
    expect(read).toBeGreaterThan(18);
    expect(read).toBeLessThan(22);
  });

  it('loses nothing by a clock that is set back', () => {
    let now = 10_000;
    const allowed = createTickAllowance(bounds, () => now);
    readIn(allowed, 100);
    now = 0;
    expect(allowed()).toBe(false);
    now = 1_000;
    expect(readIn(allowed, 5)).toBe(2);
  });
});
