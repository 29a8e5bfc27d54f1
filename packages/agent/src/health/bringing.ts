// Brings about what health asks for: on the disk first, then in the rules, one after the other, and never beside a change under way.
import type { HealthPlace, Override, ServiceDecision } from '@weir/model';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../clock.ts';
import type { StoredFile } from '../disk/whole-file.ts';
import { healthFile } from './holding/health-file.ts';
import type { HealthFile } from './holding/health-file.ts';

type Target = Pick<Override, 'target'>;

/**
 * Waits for a change under way; then `begin` gives what is asked for now and what of it is new, and that is held and brought about. Resolves when it
 * was tried; what is refused is tried again by whoever brings it about.
 */
export type BringAbout = (begin: () => Promise<{ readonly overrides: readonly Override[]; readonly touched: readonly Target[] }>) => Promise<void>;

export interface BringingParts {
  readonly clock: Pick<Clock, 'after' | 'nowMs'>;
  readonly log: Logger;
  readonly file: StoredFile<HealthFile>;
  readonly bringAbout: BringAbout;
  readonly wanted: () => readonly Override[];
  readonly decisions: () => readonly ServiceDecision[];
}

const RETRY_MS = 1_000;

/** What is in one of both and not in the other. */
function differing(before: readonly Override[], now: readonly Override[]): Target[] {
  const [old, young] = [new Set(before), new Set(now)];
  return [...before.filter((override) => !young.has(override)), ...now.filter((override) => !old.has(override))];
}

export class Bringing {
  readonly #parts: BringingParts;
  #brought: readonly Override[] = [];
  /** Of the agent before this one, which ended while it was at it. */
  #left: readonly Target[];
  #busy = false;
  #stopped = false;
  #cancel: Cancel = () => undefined;

  constructor(parts: BringingParts, left: readonly HealthPlace[]) {
    this.#parts = parts;
    this.#left = left.map((target) => ({ target }));
  }

  /** Where there is anything to be brought about, and it is not being done already. */
  begin(): void {
    if (this.#busy || this.#stopped || !this.#isOwing) return;
    this.#busy = true;
    void this.#bring();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  get #isOwing(): boolean {
    const wanted = this.#parts.wanted();
    return this.#left.length > 0 || (wanted !== this.#brought && wanted.length + this.#brought.length > 0);
  }

  async #bring(): Promise<void> {
    const { clock, log, bringAbout } = this.#parts;
    try {
      while (this.#isOwing && !this.#stopped) await bringAbout(() => this.#turn());
      this.#busy = false;
    } catch (error) {
      log.error({ err: error }, 'what health asks for could not be brought about');
      this.#cancel = clock.after(RETRY_MS, () => {
        this.#busy = false;
        this.begin();
      });
    }
  }

  async #turn(): ReturnType<Parameters<BringAbout>[0]> {
    const { wanted, decisions, file, clock, log } = this.#parts;
    const overrides = wanted();
    const touched = [...this.#left, ...differing(this.#brought, overrides)];
    // A disk that is full must not keep a dead server in the turn.
    await file.write(healthFile(decisions(), [...touched, ...overrides], clock.nowMs())).catch((error: unknown) => log.error({ err: error }, 'how real servers stand could not be written to the disk'));
    this.#brought = overrides;
    this.#left = [];
    return { overrides, touched };
  }
}
