// The figures of a sample as plain memory: a row of five counters for each service and real server, and four counts for each real server.
import { Unseen } from '@weir/model';
import type { ConnectionCounts, Counter, Counters } from '@weir/model';
import { isCounterText } from '../tick.ts';

export const perRow = 5;
export const perRealServer = 4;
const half = 2 ** 32;
/** So many digits are exact in a number. */
export const exactDigits = 15;
const zero = 48;

const unseen: readonly string[] = Unseen.options;

export class Figures {
  /** Lower and upper half of each counter. */
  readonly #halves: Uint32Array;
  /** Of each counter: 0 where it has digits, else which reason why it has none. */
  readonly #unseen: Uint8Array;
  /** Weight, active, inactive, persistent (NaN: null). */
  readonly #counts: Float64Array;

  constructor(rows: number, realServers: number) {
    this.#halves = new Uint32Array(rows * perRow * 2);
    this.#unseen = new Uint8Array(rows * perRow);
    this.#counts = new Float64Array(realServers * perRealServer);
  }

  /** False where that is no tuple of counters. */
  putCounters(row: number, tuple: unknown): boolean {
    if (!Array.isArray(tuple) || tuple.length !== perRow) return false;
    const first = row * perRow;
    for (let index = 0; index < perRow; index += 1) if (!this.putCounter(first + index, tuple[index])) return false;
    return true;
  }

  /** False where they are no counts. */
  putCounts(realServer: number, [, weight, active, inactive, persistent]: readonly unknown[]): boolean {
    if (!isCount(weight) || !isCount(active) || !isCount(inactive) || !(persistent === null || isCount(persistent))) return false;
    const first = realServer * perRealServer;
    this.#counts[first] = weight;
    this.#counts[first + 1] = active;
    this.#counts[first + 2] = inactive;
    this.#counts[first + 3] = persistent ?? Number.NaN;
    return true;
  }

  setCounter(at: number, value: number): void {
    this.#halves[2 * at] = value % half;
    this.#halves[2 * at + 1] = value / half;
  }

  setCount(at: number, value: number): void {
    this.#counts[at] = value;
  }

  counters(row: number): Counters {
    const first = row * perRow;
    return {
      connections: this.#counter(first), packetsIn: this.#counter(first + 1), packetsOut: this.#counter(first + 2),
      bytesIn: this.#counter(first + 3), bytesOut: this.#counter(first + 4),
    };
  }

  weight(realServer: number): number {
    return this.#counts[realServer * perRealServer] ?? 0;
  }

  connections(realServer: number): ConnectionCounts {
    const first = realServer * perRealServer;
    const persistent = this.#counts[first + 3] ?? Number.NaN;
    return { active: this.#counts[first + 1] ?? 0, inactive: this.#counts[first + 2] ?? 0, persistent: Number.isNaN(persistent) ? null : persistent };
  }

  /** Of all rows, one after the other. */
  putCounter(at: number, text: unknown): boolean {
    if (typeof text !== 'string') return false;
    const short = shortNumber(text);
    if (short !== null) {
      this.setCounter(at, short);
      return true;
    }
    if (!isCounterText(text)) return false;
    const reason = unseen.indexOf(text);
    if (reason === -1) {
      const whole = BigInt(text);
      this.#halves[2 * at] = Number(whole & 0xff_ff_ff_ffn);
      this.#halves[2 * at + 1] = Number(whole >> 32n);
    } else this.#unseen[at] = reason + 1;
    return true;
  }

  #counter(at: number): Counter {
    const reason = this.#unseen[at] ?? 0;
    const [lower, upper] = [this.#halves[2 * at] ?? 0, this.#halves[2 * at + 1] ?? 0];
    if (reason > 0) return Unseen.options[reason - 1] ?? 'userSpace';
    return (BigInt(upper) << 32n) | BigInt(lower);
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Almost every counter; null where the text is longer or no number as a counter is written. */
function shortNumber(text: string): number | null {
  const { length } = text;
  if (length === 0 || length > exactDigits || (length > 1 && text.charCodeAt(0) === zero)) return null;
  let value = 0;
  for (let index = 0; index < length; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}
