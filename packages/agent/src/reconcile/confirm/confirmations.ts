// Changes that wait for a person to confirm them, and how the last of them ended: on the disk first, all in one file.
import type { Confirmation, UnconfirmedChange } from '@weir/protocol';
import type { ConfirmationsFile, DataFolder, HeldCluster, WaitingChange } from '../../disk/data-folder.ts';

const MOST_ENDED = 20;

const none: ConfirmationsFile = { format: 1, waiting: [], ended: [] };

export class Confirmations {
  readonly #file: DataFolder['confirmations'];
  #state: ConfirmationsFile;

  private constructor(file: DataFolder['confirmations'], state: ConfirmationsFile) {
    this.#file = file;
    this.#state = state;
  }

  static async load(file: DataFolder['confirmations']): Promise<Confirmations> {
    return new Confirmations(file, await file.read() ?? none);
  }

  get waiting(): readonly WaitingChange[] {
    return this.#state.waiting;
  }

  /** What would be there again where nobody confirms: no other cluster may take its services until then. */
  get bases(): readonly HeldCluster[] {
    return this.waiting.flatMap(({ base }) => base ?? []);
  }

  get shown(): UnconfirmedChange[] {
    return this.waiting.map(({ applyId, clusterId, revision, base, deadlineMs, goingBack }) => ({
      applyId, clusterId, revision, base: base?.revision ?? null, deadlineMs, goingBack: goingBack !== null,
    }));
  }

  get(applyId: string): WaitingChange | null {
    return this.waiting.find((change) => change.applyId === applyId) ?? null;
  }

  ofCluster(clusterId: string): WaitingChange | null {
    return this.waiting.find((change) => change.clusterId === clusterId) ?? null;
  }

  /** Null where no such change waited, or it is too long ago. */
  find(applyId: string): Confirmation | null {
    const change = this.get(applyId);
    if (change !== null) return { kind: 'waiting', deadlineMs: change.deadlineMs, goingBack: change.goingBack !== null };
    return this.#state.ended.find((ended) => ended.applyId === applyId)?.confirmation ?? null;
  }

  /** In place of what is known of the same change. */
  async put(change: WaitingChange): Promise<void> {
    await this.#write({ ...this.#state, waiting: [...this.#others(change.applyId), change] });
  }

  /** Nothing of it is there any more. */
  async drop(applyId: string): Promise<void> {
    if (this.get(applyId) !== null) await this.#write({ ...this.#state, waiting: this.#others(applyId) });
  }

  async end(applyId: string, confirmation: Confirmation): Promise<void> {
    const ended = [{ applyId, confirmation }, ...this.#state.ended].slice(0, MOST_ENDED);
    await this.#write({ ...this.#state, waiting: this.#others(applyId), ended });
  }

  #others(applyId: string): WaitingChange[] {
    return this.waiting.filter((change) => change.applyId !== applyId);
  }

  async #write(state: ConfirmationsFile): Promise<void> {
    await this.#file.write(state);
    this.#state = state;
  }
}
