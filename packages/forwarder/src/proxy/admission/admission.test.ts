import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Admission } from './admission.ts';

function opened(limits: Partial<ConstructorParameters<typeof Admission>[0]> = {}): Admission {
  return new Admission({ maxConnections: 100, maxConnectionsPerService: 50, maxConnectionsPerSource: Infinity, loweredBy: null, ...limits });
}

test('an IPv4 address is one client, and so is an IPv6 /64', () => {
  const admission = opened({ maxConnectionsPerSource: 1 });
  const enter = (cip: string): boolean => admission.enter(cip, 0) !== null;
  expect([enter('10.0.0.1'), enter('10.0.0.2'), enter('10.0.0.1')]).toEqual([true, true, false]);
  expect([enter('2001:db8::1'), enter('2001:db8::2'), enter('2001:db8:0:1::1')]).toEqual([true, false, true]);
  expect(admission.refused.sourceFull).toBe(2n);
});

test('whatever enters and leaves, the bounds hold and nobody is kept out without reason', () => {
  const move = fc.record({ source: fc.nat(3), enters: fc.boolean() });
  fc.assert(fc.property(fc.array(move, { maxLength: 60, size: 'max' }), (moves) => {
    const admission = opened({ maxConnections: 5, maxConnectionsPerSource: 2 });
    const inside: { source: number; leave: () => void }[] = [];
    let refused = 0;
    for (const { source, enters } of moves) {
      const ofSource = inside.filter((one) => one.source === source).length;
      if (!enters) {
        inside.splice(inside.findIndex((one) => one.source === source), ofSource === 0 ? 0 : 1).forEach(({ leave }) => leave());
        continue;
      }
      const leave = admission.enter(`10.0.0.${source}`, inside.length);
      expect(leave !== null).toBe(inside.length < 5 && ofSource < 2);
      if (leave === null) refused += 1;
      else inside.push({ source, leave });
    }
    expect(admission.refused.sourceFull + admission.refused.forwarderFull).toBe(BigInt(refused));
  }));
});
