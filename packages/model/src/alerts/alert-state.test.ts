// The course of alerts, as tales and as what must be so whatever happens.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertStep } from './alert-state.ts';
import type { AlertPlace, OpenAlert } from './alert-state.ts';

const place: AlertPlace = { rule: 'realServerDown', key: 'rs' };

/** What is seen of the object at one look: it holds, it does not, or nobody can say. */
type Seen = 'holds' | 'not' | 'unknown';

function step(open: readonly OpenAlert[], nowMs: number, seen: Seen, forMs: number) {
  return alertStep(open, { nowMs, holding: seen === 'holds' ? [place] : [], forMs: () => forMs, isOver: () => seen === 'not' });
}

/** `H` holds, `.` does not, `?` not known, one look each 10 s. What comes of each: `p` pending, `F` fires, `f` goes on firing, `E` ended, `x` passed, `.` nothing. */
function tale(looks: string, forMs = 20_000): string {
  let open: readonly OpenAlert[] = [];
  return looks.split('').map((look, n) => {
    const done = step(open, n * 10_000, look === 'H' ? 'holds' : look === '?' ? 'unknown' : 'not', forMs);
    ({ open } = done);
    if (done.fired.length > 0) return 'F';
    if (done.ended.length > 0) return 'E';
    if (done.passed.length > 0) return 'x';
    const [alert] = open;
    return alert === undefined ? '.' : alert.firedAtMs === null ? 'p' : 'f';
  }).join('');
}

describe('an alert', () => {
  it.each([
    ['that holds long enough fires once, and ends', '.HHHHH..', '.ppFffE.'],
    ['that does not hold long enough passes', 'HH.HH.HHH', 'ppxppxppF'],
    ['that ended fires anew when it holds anew', 'HHH.HHH', 'ppFEppF'],
    ['does not fire while nobody can say, and at once when it is seen to hold still', 'HH???H', 'pppppF'],
    ['that fires stays so while nobody can say', 'HHH??.', 'ppFffE'],
    ['that was over while nobody could say passes without having fired', 'H???.', 'ppppx'],
    ['that nobody knows of does not begin', '???', '...'],
  ])('%s', (_, looks, comes) => {
    expect(tale(looks)).toBe(comes);
  });

  it.each([
    ['behind', 5_000, 5_000],
    ['ahead', 70_000, 60_000],
  ])('told of by a clock that is %s fires when it was seen for long enough, and says since when then, never after it was first seen', (_, toldMs, sinceMs) => {
    const at = (open: readonly OpenAlert[], nowMs: number) => alertStep(open, { nowMs, holding: [{ ...place, sinceMs: toldMs }], forMs: () => 20_000, isOver: () => false });
    const first = at([], 60_000);
    expect(first).toMatchObject({ fired: [], open: [{ sinceMs: 60_000, firedAtMs: null }] });
    const second = at(first.open, 79_000);
    expect(second).toMatchObject({ fired: [], open: first.open });
    const third = at(second.open, 80_000);
    expect(third).toMatchObject({ fired: [place], open: [{ sinceMs, firedAtMs: 80_000 }] });
    expect(at(third.open, 90_000)).toMatchObject({ fired: [], open: third.open });
  });

  it('without a time fires as soon as it is seen', () => {
    expect(tale('.H.', 0)).toBe('.FE');
  });
});

const course = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 30_000 }), seen: fc.constantFrom<Seen>('holds', 'not', 'unknown') }), { maxLength: 60 });

describe('whatever is seen', () => {
  it('fires when it is seen and was never seen not to hold for its time, once, and ends when it is seen not to hold, never otherwise', () => {
    fc.assert(fc.property(course, fc.integer({ min: 0, max: 60_000 }), (looks, forMs) => {
      let open: readonly OpenAlert[] = [];
      let [nowMs, heldSinceMs, firing]: [number, number | null, boolean] = [0, null, false];
      for (const { afterMs, seen } of looks) {
        nowMs += afterMs;
        if (seen === 'holds') heldSinceMs ??= nowMs;
        if (seen === 'not') heldSinceMs = null;
        const done = step(open, nowMs, seen, forMs);
        ({ open } = done);
        const fires: boolean = seen === 'holds' && !firing && heldSinceMs !== null && nowMs - heldSinceMs >= forMs;
        const ends: boolean = seen === 'not' && firing;
        expect([done.fired.length > 0, done.ended.length > 0]).toEqual([fires, ends]);
        firing = (firing || fires) && !ends;
        expect(open.some(({ firedAtMs }) => firedAtMs !== null)).toBe(firing);
      }
    }));
  });

  it('a look that is taken twice changes nothing the second time', () => {
    fc.assert(fc.property(course, fc.integer({ min: 0, max: 60_000 }), (looks, forMs) => {
      let open: readonly OpenAlert[] = [];
      let nowMs = 0;
      for (const { afterMs, seen } of looks) {
        nowMs += afterMs;
        ({ open } = step(open, nowMs, seen, forMs));
        const again = step(open, nowMs, seen, forMs);
        expect(again).toMatchObject({ began: [], fired: [], ended: [], passed: [], open });
      }
    }));
  });
});
