// The minutes that are remembered of a director, and the two samples that make a rate.
import { describe, expect, it } from 'vitest';
import { packed } from '../../testing/agents/packed.ts';
import { hold, Ring } from './ring.ts';
import type { HeldSample } from './ring.ts';
import { Rings } from './rings.ts';

const at = (atMs: number, bootId = 'boot', realServers = 0): HeldSample => hold(packed({
  measuredAtMs: atMs,
  services: [{
    key: 'tcp 10.0.0.1:80',
    refused: null,
    counters: { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n },
    realServers: Array.from({ length: realServers }, (_, index) => ({
      key: `10.0.1.${index}:80`, weight: 1, connections: { active: 0, inactive: 0, persistent: null },
      counters: { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n },
    })),
  }],
}), { bootId, byteKind: 'payloadBytes', receivedAtMs: atMs });

function ringOf(...samples: HeldSample[]): Ring {
  const ring = new Ring();
  for (const sample of samples) ring.add(sample);
  return ring;
}

describe('a ring', () => {
  it('forgets what is too old, too many or too large, and never the newest', () => {
    const small = new Ring({ keepMs: 10_000, samplesMax: 3, rowsMax: 100 });
    for (const atMs of [0, 1_000, 2_000, 3_000]) small.add(at(atMs));
    expect(small.oldestAtMs()).toBe(1_000);
    small.add(at(12_500));
    expect(small.oldestAtMs()).toBe(3_000);
    small.add(at(13_000, 'boot', 500));
    expect([small.oldestAtMs(), small.latest(13_000)?.rows]).toEqual([13_000, 501]);
    small.add(at(14_000));
    expect(small.oldestAtMs()).toBe(14_000);
  });

  it('knows the newest sample at any moment', () => {
    const ring = ringOf(at(1_000), at(2_000));
    expect([ring.latest(999), ring.latest(1_500)?.measuredAtMs, ring.latest(9_000)?.measuredAtMs]).toEqual([null, 1_000, 2_000]);
  });

  it('forgets what it holds of a time to come, where the panel\'s clock was set back', () => {
    const ring = ringOf(at(1_000), at(2_000), at(3_000), at(4_000), { ...at(5_000), receivedAtMs: 2_500 });
    expect([ring.length, ring.rows, ring.latest(2_600)?.measuredAtMs, ring.latest(9_000)?.measuredAtMs]).toEqual([3, 3, 5_000, 5_000]);
  });
});

describe('the window of a rate', () => {
  it('ends at the sample that it is asked for, also where the director\'s clock was set back after it', () => {
    const asked = at(3_000);
    const setBack = { ...at(4_000), measuredAtMs: 1_500 };
    expect(ringOf(at(1_000), at(2_000), asked, setBack).before(asked, 0)?.measuredAtMs).toBe(2_000);
  });

  it('is one second for counters that are always current', () => {
    const newest = at(3_000);
    expect(ringOf(at(1_000), at(2_000), newest).before(newest, 0)?.measuredAtMs).toBe(2_000);
  });

  it('is at least one refresh of the counters', () => {
    const newest = at(4_050);
    expect(ringOf(at(1_000), at(2_000), at(3_000), newest).before(newest, 2_000)?.measuredAtMs).toBe(2_000);
  });

  it('is none over missing seconds, a new start of the agent, or the first sample', () => {
    const newest = at(9_000);
    expect(ringOf(at(1_000), newest).before(newest, 0)).toBeNull();
    expect(ringOf(at(8_000, 'before'), newest).before(newest, 0)).toBeNull();
    expect(ringOf(newest).before(newest, 0)).toBeNull();
  });
});

describe('all rings together', () => {
  it('hold no more rows than they may: the longest gives way, down to what rates are made of', () => {
    const rings = new Rings(1_000);
    // 21 and 2 rows a sample.
    for (let atMs = 0; atMs < 100_000; atMs += 1_000) {
      rings.add('large', at(atMs, 'boot', 20));
      rings.add('small', at(atMs, 'boot', 1));
    }
    const [large, small] = [rings.get('large'), rings.get('small')];
    expect(small?.length).toBe(100);
    expect((large?.rows ?? 0) + (small?.rows ?? 0)).toBeLessThanOrEqual(1_000);
    expect(large?.length).toBe(38);
    rings.add('huge', at(100_000, 'boot', 5_000));
    expect([large?.length, small?.length, rings.get('huge')?.length]).toEqual([5, 5, 1]);
    expect([rings.get('nobody'), rings.oldestAtMs()]).toEqual([null, 95_000]);
    rings.keep(new Set(['huge']));
    expect([rings.get('large'), rings.get('small'), rings.oldestAtMs()]).toEqual([null, null, 100_000]);
  });
});
