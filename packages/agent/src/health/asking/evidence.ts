// The last tries of each target, bounded in number and, over all targets, in bytes.
import type { Try } from '@weir/model';

export const TRIES_KEPT = 20;
const BYTES_MAX = 48 * 1_048_576;
/** So much of that is left taken when room is made. */
const ROOM = 0.9;
/** Of a try without its texts, in memory. */
const TRY_BYTES = 200;

/** A try of a target; which check it was of, each of those who ask knows. */
export type TargetTry = Omit<Try, 'checkId'>;

type Text = string | null;

interface Kept {
  readonly tries: TargetTry[];
  bytes: number;
}

function bytesOf(one: TargetTry, before: TargetTry | undefined): number {
  const texts: readonly (readonly [Text, Text | undefined])[] = [[one.sent, before?.sent], [one.expected, before?.expected], [one.received, before?.received]];
  return TRY_BYTES + texts.reduce((sum, [text, other]) => (text === null || text === other ? sum : sum + text.length * 2), 0);
}

function known(text: Text, other: Text): Text {
  return text === other ? other : text;
}

/** Equal texts are held once: most tries send, expect and receive what the one before did. */
function shared(one: TargetTry, before: TargetTry | undefined): TargetTry {
  if (before === undefined) return one;
  return { ...one, sent: known(one.sent, before.sent), expected: known(one.expected, before.expected), received: known(one.received, before.received) };
}

export class Evidence {
  readonly #kept = new Map<string, Kept>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  add(key: string, one: TargetTry): void {
    const kept = this.#kept.get(key) ?? { tries: [], bytes: 0 };
    const before = kept.tries.at(-1);
    this.#count(kept, bytesOf(one, before));
    kept.tries.push(shared(one, before));
    if (kept.tries.length > TRIES_KEPT) this.#forgetFirst(kept);
    // Who was heard last stands last: room is made where nothing was heard for longest.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    if (this.#bytes > this.#bytesMax) this.#makeRoom();
  }

  /** Oldest first. */
  of(key: string): readonly TargetTry[] {
    return this.#kept.get(key)?.tries ?? [];
  }

  last(key: string): TargetTry | null {
    return this.#kept.get(key)?.tries.at(-1) ?? null;
  }

  keepOnly(keys: ReadonlySet<string>): void {
    for (const [key, { bytes }] of this.#kept) {
      if (keys.has(key)) continue;
      this.#bytes -= bytes;
      this.#kept.delete(key);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  #count(kept: Kept, bytes: number): void {
    kept.bytes += bytes;
    this.#bytes += bytes;
  }

  #forgetFirst(kept: Kept): void {
    const [first, second] = kept.tries;
    if (first === undefined) return;
    kept.tries.shift();
    // What the second one had in common with the first is now its own.
    const own = second === undefined ? 0 : bytesOf(second, undefined) - bytesOf(second, first);
    this.#count(kept, own - bytesOf(first, undefined));
  }

  /** Every target keeps its last try. More than is needed now, so that all of them are not looked through for each try. */
  #makeRoom(): void {
    const bytesMax = this.#bytesMax * ROOM;
    for (const kept of this.#kept.values()) {
      while (kept.tries.length > 1 && this.#bytes > bytesMax) this.#forgetFirst(kept);
      if (this.#bytes <= bytesMax) return;
    }
  }
}
