// Saves a draft as it goes: when the keys rest, one request at a time, again after a failure that may pass, and never over another tab's.
import { same, type DraftValues } from '@weir/model';
import { faultOf, type Fault } from '../../trpc/fault.ts';

export interface DraftStore {
  readonly read: () => Promise<KeptDraft | null>;
  readonly save: (version: number | null, values: DraftValues) => Promise<{ readonly version: number; readonly updatedAt: Date }>;
  /** That version alone. */
  readonly discard: (version: number) => Promise<unknown>;
}

export interface KeptDraft {
  readonly version: number;
  readonly values: DraftValues;
  readonly updatedAt: Date;
}

/** What is begun with: as the panel has it, or without a version and a time where it does not. */
export interface BegunDraft {
  readonly version: number | null;
  readonly values: DraftValues;
  readonly updatedAt: Date | null;
}

/** `none`: nothing differs, and nothing is kept. `failed`: tried again by itself where that may help. `elsewhere`, `over`: a person says how it goes on. */
export type KeepingState =
  | { readonly kind: 'none' | 'waiting' | 'elsewhere' | 'over' | 'ended' }
  | { readonly kind: 'saved'; readonly at: Date }
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface KeeperTimes {
  readonly restMs: number;
  readonly retryMs: number;
}

const usualTimes: KeeperTimes = { restMs: 1_000, retryMs: 5_000 };

export class DraftKeeper {
  readonly #store: DraftStore;
  readonly #times: KeeperTimes;
  readonly #listeners = new Set<() => void>();
  #version: number | null;
  /** What the panel has; undefined: something that this cannot stay. */
  #kept: DraftValues | null | undefined;
  /** What it shall have; null: nothing differs from the revision, so no draft. */
  #wanted: DraftValues | null | undefined;
  #savedAt: Date | null;
  #state: KeepingState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;

  /** `rebased`: what is kept changes another revision than what will be wanted, so that it is saved also where nothing else differs. */
  constructor(store: DraftStore, kept: BegunDraft | null, { rebased = false, ...times }: Partial<KeeperTimes> & { readonly rebased?: boolean } = {}) {
    this.#store = store;
    this.#times = { ...usualTimes, ...times };
    this.#version = kept?.version ?? null;
    this.#kept = rebased ? undefined : kept?.values ?? null;
    this.#savedAt = kept?.updatedAt ?? null;
    this.#wanted = this.#kept;
    this.#state = this.#savedAt === null ? { kind: 'none' } : { kind: 'saved', at: this.#savedAt };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): KeepingState => this.#state;

  /** Whether leaving now would lose something. */
  get unsaved(): boolean {
    return this.#state.kind !== 'ended' && !same(this.#wanted, this.#kept);
  }

  /** What was last given to be kept; null: nothing. */
  get wanted(): DraftValues | null {
    return this.#wanted ?? null;
  }

  get version(): number | null {
    return this.#version;
  }

  want(values: DraftValues | null): void {
    if (same(values, this.#wanted)) return;
    this.#wanted = values;
    // After an end it may go on; a person has to say how after the others.
    if (this.#state.kind === 'ended' || this.#state.kind === 'elsewhere' || this.#state.kind === 'over') return;
    this.#become({ kind: 'waiting' });
    this.#after(this.#times.restMs);
  }

  /** At once what still waits. */
  flush(): void {
    if (this.#timer !== undefined) this.#send();
  }

  /** After `elsewhere` or `over`: what is here is kept all the same, in the place of the version that is there now. */
  keepMine(version: number | null): void {
    this.#version = version;
    this.#kept = undefined;
    this.#become({ kind: 'waiting' });
    this.#send();
  }

  /** Nothing is saved from now on; what is under way has ended then. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#become({ kind: 'ended' });
    await this.#sending;
  }

  /** After an end that came to nothing: the revision was refused. */
  goOn(): void {
    if (this.#state.kind !== 'ended') return;
    this.#become({ kind: 'waiting' });
    this.#after(0);
  }

  #become(state: KeepingState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), ms);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What comes while one is under way goes with the next.
    if (this.#sending !== null) return;
    const wanted = this.#wanted;
    if (wanted === undefined || same(wanted, this.#kept)) return this.#settled();
    this.#sending = this.#put(wanted).then(() => this.#settled(), (error: unknown) => this.#refused(faultOf(error))).finally(() => {
      this.#sending = null;
      if (this.#state.kind === 'waiting' && this.#timer === undefined) this.#after(this.#times.restMs);
    });
    return undefined;
  }

  async #put(values: DraftValues | null): Promise<void> {
    if (values === null) {
      if (this.#version !== null) await this.#store.discard(this.#version);
      [this.#version, this.#savedAt] = [null, null];
    } else {
      const { version, updatedAt } = await this.#store.save(this.#version, values).catch((error: unknown) => this.#arrivedAfterAll(values, error));
      [this.#version, this.#savedAt] = [version, updatedAt];
    }
    this.#kept = values;
  }

  /** An answer that was lost on its way looks like another tab: what is kept is what was sent. */
  async #arrivedAfterAll(values: DraftValues, error: unknown): Promise<KeptDraft> {
    const kept = faultOf(error).code === 'draftElsewhere' ? await this.#store.read() : null;
    if (kept === null || !same(kept.values, values)) throw error;
    return kept;
  }

  #settled(): void {
    if (this.#state.kind === 'ended' || !same(this.#wanted, this.#kept)) return;
    this.#become(this.#savedAt === null ? { kind: 'none' } : { kind: 'saved', at: this.#savedAt });
  }

  #refused(fault: Fault): void {
    if (this.#state.kind === 'ended') return;
    if (fault.code === 'draftElsewhere') return this.#become({ kind: 'elsewhere' });
    if (fault.code === 'draftOver') return this.#become({ kind: 'over' });
    this.#become({ kind: 'failed', fault });
    if (fault.code === 'panelUnreachable') this.#after(this.#times.retryMs);
    return undefined;
  }
}
