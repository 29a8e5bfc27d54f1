// What one agent's stream may bring, and where it is too much.
import { describe, expect, it } from 'vitest';
import { createAllowance, createMeter, StreamTooMuch, usualStreamBounds } from './bounded-events.ts';

const bounds = { eventBytesMax: 100, bytesPerSecondMax: 1_000, eventsPerSecondMax: 5, ticksPerSecondMax: 2 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** How many of so many ticks that come at once are read. */
const readIn = (allowed: (amount: number) => boolean, times: number): number => Array.from({ length: times }, () => allowed(1)).filter(Boolean).length;

/** Sent twice a second. */
function secondsUntilStopped(piece: Uint8Array): number {
  let now = 0;
  const meter = createMeter(bounds, () => now);
  expect(() => { for (; now < 60_000; now += 500) meter(piece); }).toThrow(StreamTooMuch);
  return now / 1_000;
}

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

  it('takes at once what a pause of the network held back, also the largest ticks there are', () => {
    const meter = createMeter(usualStreamBounds, () => 0);
    const piece = bytes('x'.repeat(50_000));
    expect(() => {
      for (let tick = 0; tick < 5; tick += 1) {
        for (let sent = 0; sent < 100; sent += 1) meter(piece);
        meter(bytes('\n\n'));
      }
    }).not.toThrow();
  });

  it('stops who goes on with more bytes or more events a second', () => {
    expect(secondsUntilStopped(bytes(`${'x'.repeat(99)}\n`.repeat(7)))).toBe(11);
    expect(secondsUntilStopped(bytes('\n'.repeat(15)))).toBe(9);
  });
});

describe('an allowance of ticks', () => {
  it('reads every one that comes once a second', () => {
    let now = 0;
    const allowed = createAllowance(bounds.ticksPerSecondMax, () => now);
    for (let second = 0; second < 100; second += 1) {
      now += 1_000;
      expect(allowed(1)).toBe(true);
    }
  });

  it('reads what a pause of the network held back, and of a flood two a second', () => {
    let now = 0;
    const allowed = createAllowance(bounds.ticksPerSecondMax, () => now);
    expect(readIn(allowed, 8)).toBe(8);
    expect(readIn(allowed, 1_000)).toBe(2);
    let read = 0;
    for (; now < 10_000; now += 20) read += readIn(allowed, 1);
    expect(read).toBeGreaterThan(18);
    expect(read).toBeLessThan(22);
  });

  it('loses nothing by a clock that is set back', () => {
    let now = 10_000;
    const allowed = createAllowance(bounds.ticksPerSecondMax, () => now);
    readIn(allowed, 100);
    now = 0;
    expect(allowed(1)).toBe(false);
    now = 1_000;
    expect(readIn(allowed, 5)).toBe(2);
  });
});
