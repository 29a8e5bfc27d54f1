import { describe, expect, it } from 'vitest';
import { Evidence, TRIES_KEPT } from './evidence.ts';
import type { TargetTry } from './evidence.ts';

function tried(startedAtMs: number, received: string | null = null): TargetTry {
  return { startedAtMs, tookMs: 1, sent: null, expected: null, received, certificateEndsAtMs: null, result: { kind: 'good', weightPercent: null } };
}

describe('evidence', () => {
  it('is the last tries of each target, oldest first', () => {
    const evidence = new Evidence();
    for (let n = 1; n <= TRIES_KEPT + 5; n += 1) evidence.add('a', tried(n));
    expect(evidence.of('a').map(({ startedAtMs }) => startedAtMs)).toEqual(Array.from({ length: TRIES_KEPT }, (_, n) => n + 6));
    expect(evidence.last('a')?.startedAtMs).toBe(TRIES_KEPT + 5);
    expect(evidence.of('b')).toEqual([]);
  });

  it('is bounded in bytes over all targets, and each keeps its last try', () => {
    const evidence = new Evidence(20_000);
    for (let n = 1; n <= 500; n += 1) for (const key of ['a', 'b', 'c']) evidence.add(key, tried(n, `${n} ${'x'.repeat(500)}`));
    expect(evidence.bytes).toBeLessThanOrEqual(20_000);
    expect(['a', 'b', 'c'].map((key) => evidence.last(key)?.startedAtMs)).toEqual([500, 500, 500]);
  });

  it('counts what is the same in several tries once, and gives its room back when it goes', () => {
    const evidence = new Evidence();
    const text = 'x'.repeat(1_000);
    for (let n = 1; n <= 100; n += 1) evidence.add('a', tried(n, text));
    expect(evidence.bytes).toBeLessThan(8_000);
    evidence.keepOnly(new Set(['b']));
    expect(evidence.bytes).toBe(0);
    expect(evidence.last('a')).toBeNull();
  });
});
