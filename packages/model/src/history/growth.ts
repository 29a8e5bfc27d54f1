// What two readings of one object tell about what it counted between them.
import { counterNames } from '../live/counters.ts';
import type { Counter, CounterName, Counters } from '../live/counters.ts';
import type { Growth } from './interval.ts';

export type Growths = Readonly<Record<CounterName, Growth>>;

/** What counters show when they begin, and what has not grown. */
export const zeros = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n } as const satisfies Growths;

function fell(before: Counter, after: Counter): boolean {
  return typeof before === 'bigint' && typeof after === 'bigint' && after < before;
}

/** Whether the later reading can be of the same life: where one counter fell all began anew, those that are beyond what they were too. */
export function goesOn(before: Counters, after: Counters): boolean {
  if (before === after) return true;
  for (const name of counterNames) if (fell(before[name], after[name])) return false;
  return true;
}

/** Whether the same counters are seen. */
export function seesSame(before: Counters, after: Counters): boolean {
  return before === after || counterNames.every((name) => typeof before[name] === typeof after[name]);
}

function between(before: Counter, after: Counter): Growth {
  if (typeof after === 'string') return after;
  return typeof before === 'string' ? before : after - before;
}

/** Of the same life. What was not seen at one of its ends nobody knows. */
export function grownBy(before: Counters, after: Counters): Growths {
  return {
    connections: between(before.connections, after.connections),
    packetsIn: between(before.packetsIn, after.packetsIn), packetsOut: between(before.packetsOut, after.packetsOut),
    bytesIn: between(before.bytesIn, after.bytesIn), bytesOut: between(before.bytesOut, after.bytesOut),
  };
}

function each(of: (name: CounterName) => Growth): Growths {
  return { connections: of('connections'), packetsIn: of('packetsIn'), packetsOut: of('packetsOut'), bytesIn: of('bytesIn'), bytesOut: of('bytesOut') };
}

/** A part of a sum is no sum. */
export function together(a: Growths, b: Growths): Growths {
  if (a === zeros) return b;
  if (b === zeros) return a;
  return each((name) => {
    const [one, other] = [a[name], b[name]];
    if (typeof one === 'string') return one;
    return typeof other === 'string' ? other : one + other;
  });
}

/** The same where all of it is seen. */
export function asSeenIn(growths: Growths, whole: Growths): Growths {
  if (growths === whole) return growths;
  return each((name) => (typeof whole[name] === 'string' ? whole[name] : growths[name]));
}
