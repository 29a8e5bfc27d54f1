// Asks agents that were lost in mid-apply what became of the order, once they are back.
import { setTimeout as delay } from 'node:timers/promises';
import { PanelError } from '../../errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Logger } from '../../logger.ts';
import { settlementOfStatus } from './answer.ts';
import type { Ledger, Unsettled } from './ledger.ts';

const askAgainMs = 1_000;

export interface SettleLaterParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly logger: Logger;
  /** It has the change, and takes it back unless it is confirmed. */
  readonly onWaiting: (order: Unsettled) => void;
}

export class SettleLater {
  readonly #parts: SettleLaterParts;
  readonly #waiting = new Map<string, Unsettled[]>();
  readonly #asking = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(parts: SettleLaterParts) {
    this.#parts = parts;
    parts.gateway.onLink((directorId, state) => {
      if (state === 'connected') this.#ask(directorId);
    });
    parts.gateway.onDrop((directorId) => this.#waiting.delete(directorId));
  }

  add(order: Unsettled): void {
    this.#waiting.set(order.directorId, [...(this.#waiting.get(order.directorId) ?? []), order]);
    this.#ask(order.directorId);
  }

  waitsIn(clusterId: string): boolean {
    return [...this.#waiting.values()].some((orders) => orders.some((order) => order.clusterId === clusterId));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#asking.values());
  }

  #ask(directorId: string): void {
    if (this.#closing.signal.aborted || this.#asking.has(directorId) || !this.#waiting.has(directorId)) return;
    const asked = this.#askWhileConnected(directorId)
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) this.#parts.logger.error({ err: error, directorId }, 'what became of an apply could not be settled');
      })
      .finally(() => this.#asking.delete(directorId));
    this.#asking.set(directorId, asked);
  }

  async #askWhileConnected(directorId: string): Promise<void> {
    for (let order = this.#first(directorId); order !== null; order = this.#first(directorId)) {
      if (this.#parts.gateway.director(directorId)?.link.state !== 'connected') return;
      if (await this.#settle(order)) this.#remove(order);
      else await delay(askAgainMs, undefined, { signal: this.#closing.signal });
    }
  }

  async #settle(order: Unsettled): Promise<boolean> {
    const { id, applyId, directorId } = order;
    try {
      const settlement = settlementOfStatus(await this.#parts.gateway.client(directorId).applyStatus(applyId));
      if (settlement === null) return false;
      await this.#parts.ledger.settle(id, settlement);
      if (settlement.confirmation?.confirmation === 'waiting') this.#parts.onWaiting(order);
      return true;
    } catch (error) {
      if (error instanceof PanelError) return false;
      if (this.#closing.signal.aborted) throw error;
      // The next start asks again; the director's other orders do not wait for it.
      this.#parts.logger.error({ err: error, applyId }, 'what became of an apply could not be settled');
      return true;
    }
  }

  #first(directorId: string): Unsettled | null {
    return this.#waiting.get(directorId)?.[0] ?? null;
  }

  #remove({ id, directorId }: Unsettled): void {
    const rest = (this.#waiting.get(directorId) ?? []).filter((order) => order.id !== id);
    if (rest.length === 0) this.#waiting.delete(directorId);
    else this.#waiting.set(directorId, rest);
  }
}
