// Follows what directors take back unless it is confirmed: tells them a person's answer, and learns from them how each of them ended.
import { setTimeout as delay } from 'node:timers/promises';
import type { Confirmation } from '@weir/protocol';
import type { ApplyAnswer } from '../../db/generated/enums.ts';
import { PanelError } from '../../errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Logger } from '../../logger.ts';
import { shownConfirmation } from '../outcome/answer.ts';
import type { Ledger, Unsettled } from '../outcome/ledger.ts';

const askAgainMs = 1_000;
// Of the panel's own, such as a database that is away.
const afterFailureMs = 5_000;

export interface ConfirmationsParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly logger: Logger;
  /** A person's answer, as the database has it. */
  readonly answerOf: (applyId: string) => Promise<ApplyAnswer | null>;
  /** A director of it has gone back. */
  readonly onWentBack: (applyId: string) => void;
}

export class Confirmations {
  readonly #parts: ConfirmationsParts;
  readonly #waiting = new Map<string, Unsettled>();
  readonly #asking = new Map<string, Promise<void>>();
  /** Directors of which something came while they were asked. */
  readonly #again = new Set<string>();
  readonly #closing = new AbortController();

  constructor(parts: ConfirmationsParts) {
    this.#parts = parts;
    parts.gateway.onLink((directorId, state) => {
      if (state === 'connected') this.#ask(directorId);
    });
    parts.gateway.onDrop((directorId) => {
      for (const row of this.#rowsOf(directorId)) this.#waiting.delete(row.id);
    });
  }

  add(row: Unsettled): void {
    this.#waiting.set(row.id, row);
    this.#ask(row.directorId);
  }

  /** Its answer is in the database. */
  answered(applyId: string): void {
    for (const row of this.#waiting.values()) if (row.applyId === applyId) this.#ask(row.directorId);
  }

  clusterIds(): string[] {
    return [...this.#waiting.values()].map(({ clusterId }) => clusterId);
  }

  waitsIn(clusterId: string): boolean {
    return [...this.#waiting.values()].some((row) => row.clusterId === clusterId);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#asking.values());
  }

  #rowsOf(directorId: string): Unsettled[] {
    return [...this.#waiting.values()].filter((row) => row.directorId === directorId);
  }

  #ask(directorId: string): void {
    if (this.#closing.signal.aborted || this.#rowsOf(directorId).length === 0) return;
    if (this.#asking.has(directorId)) {
      this.#again.add(directorId);
      return;
    }
    const asked = this.#askAll(directorId)
      .catch(async (error: unknown) => {
        if (this.#closing.signal.aborted) return;
        this.#parts.logger.error({ err: error, directorId }, 'whether a change is confirmed could not be settled; it is tried again');
        this.#again.add(directorId);
        await delay(afterFailureMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      })
      .finally(() => {
        this.#asking.delete(directorId);
        if (this.#again.delete(directorId)) this.#ask(directorId);
      });
    this.#asking.set(directorId, asked);
  }

  async #askAll(directorId: string): Promise<void> {
    for (;;) {
      this.#again.delete(directorId);
      let open = false;
      for (const row of this.#rowsOf(directorId)) {
        if (this.#parts.gateway.director(directorId)?.link.state !== 'connected') return;
        open = await this.#askOne(row) || open;
      }
      if (!open) return;
      await delay(askAgainMs, undefined, { signal: this.#closing.signal });
    }
  }

  /** Says whether it is to be asked again soon: otherwise the director's next word does. */
  async #askOne(row: Unsettled): Promise<boolean> {
    const answer = await this.#parts.answerOf(row.applyId);
    const known = this.#parts.gateway.stateNow(row.directorId)?.unconfirmed.find(({ applyId }) => applyId === row.applyId);
    if (answer === null && known?.goingBack === false) return false;
    try {
      const confirmation = await this.#said(row, answer);
      if (confirmation === 'running') return true;
      if (confirmation?.kind === 'waiting') return answer !== null || confirmation.goingBack;
      await this.#parts.ledger.confirmed(row, shownConfirmation(confirmation));
      this.#waiting.delete(row.id);
      if (confirmation?.kind === 'wentBack') this.#parts.onWentBack(row.applyId);
      return false;
    } catch (error) {
      if (error instanceof PanelError) return true;
      throw error;
    }
  }

  async #said({ applyId, directorId }: Unsettled, answer: ApplyAnswer | null): Promise<Confirmation | 'running' | null> {
    const client = this.#parts.gateway.client(directorId);
    if (answer === 'confirm') return client.confirm(applyId);
    if (answer === 'goBack') return client.goBack(applyId);
    const status = await client.applyStatus(applyId);
    if (status.kind === 'running') return 'running';
    return status.kind === 'report' ? status.confirmation : null;
  }
}
