import { noRefusals } from '@weir/model';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Admission, Gate } from './admission.ts';

function opened(limits: Partial<ConstructorParameters<typeof Admission>[0]> = {}): Gate {
  return new Gate(new Admission({ maxConnections: 100, maxConnectionsPerService: 50, maxConnectionsPerSource: Infinity, loweredBy: null, ...limits }));
}

test('an IPv4 address is one client, and so is an IPv6 /64', () => {
  const gate = opened({ maxConnectionsPerSource: 1 });
  const enter = (cip: string): boolean => gate.enter(cip, 0) !== null;
  expect([enter('10.0.0.1'), enter('10.0.0.2'), enter('10.0.0.1')]).toEqual([true, true, false]);
  expect([enter('2001:db8::1'), enter('2001:db8::2'), enter('2001:db8:0:1::1')]).toEqual([true, false, true]);
  expect(gate.refused.sourceFull).toBe(2n);
});

test('whatever enters and leaves, the bounds hold and nobody is kept out without reason', () => {
  const move = fc.record({ source: fc.nat(3), enters: fc.boolean() });
  fc.assert(fc.property(fc.array(move, { maxLength: 60, size: 'max' }), (moves) => {
    const gate = opened({ maxConnections: 5, maxConnectionsPerSource: 2 });
    const inside: { source: number; leave: () => void }[] = [];
    let refused = 0;
    for (const { source, enters } of moves) {
      const ofSource = inside.filter((one) => one.source === source).length;
      if (!enters) {
        inside.splice(inside.findIndex((one) => one.source === source), ofSource === 0 ? 0 : 1).forEach(({ leave }) => leave());
        continue;
      }
      const leave = gate.enter(`10.0.0.${source}`, inside.length);
      expect(leave !== null).toBe(inside.length < 5 && ofSource < 2);
      if (leave === null) refused += 1;
      else inside.push({ source, leave });
    }
    expect(gate.refused.sourceFull + gate.refused.forwarderFull).toBe(BigInt(refused));
  }));
});

test('each service counts whom it turned away itself', () => {
  const admission = new Admission({ maxConnections: 1, maxConnectionsPerService: 1, maxConnectionsPerSource: Infinity, loweredBy: null });
  const [one, other] = [new Gate(admission), new Gate(admission)];
  expect([one.enter('10.0.0.1', 0) !== null, other.enter('10.0.0.2', 0) !== null]).toEqual([true, false]);
  one.refuse('noRealServer');
  expect([one.refused, other.refused]).toEqual([{ ...noRefusals, noRealServer: 1n }, { ...noRefusals, forwarderFull: 1n }]);
  expect(admission.refused).toEqual({ ...noRefusals, noRealServer: 1n, forwarderFull: 1n });
});
