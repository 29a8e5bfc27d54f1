// Changes: planning, a person's order to apply, and what became of it.
import type { Author } from '../clusters/saving/save.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import type { ApplySummary, ApplyView, ChangePlan } from './change-view.ts';
import { Confirmations } from './confirm/confirmations.ts';
import { Course } from './confirm/course.ts';
import type { Word } from './confirm/course.ts';
import { auditDecision, heldApply } from './confirm/decision.ts';
import { storeAnswer } from './confirm/say-answer.ts';
import type { Said } from './confirm/say-answer.ts';
import { heldEnds } from './outcome/answer.ts';
import { Ledger } from './outcome/ledger.ts';
import { storeOrder } from './order.ts';
import type { ApplyOrder, StoredOrder } from './order.ts';
import { planRevision } from './planning/planning.ts';
import { applySummaries, applyView, openApply } from './read.ts';
import { runOrder } from './run.ts';
import { SettleLater } from './outcome/settle-later.ts';

export interface ChangesParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly logger: Logger;
}

export class Changes {
  readonly #parts: ChangesParts;
  readonly #ledger: Ledger;
  readonly #later: SettleLater;
  readonly #confirmations: Confirmations;
  readonly #course = new Course();
  /** Each with its cluster. */
  readonly #running = new Map<Promise<void>, string>();
  /** Clusters in which others waited for a person in vain, and nothing was ordered since. */
  readonly #leftOver = new Set<string>();
  #ending = false;

  constructor(parts: ChangesParts) {
    this.#parts = parts;
    this.#ledger = new Ledger(parts.db, parts.logger);
    const { gateway, logger } = parts;
    this.#confirmations = new Confirmations({
      gateway, logger, ledger: this.#ledger,
      answerOf: async (applyId) => (await parts.db.apply.findUnique({ where: { id: applyId }, select: { answer: true } }))?.answer ?? null,
      onWentBack: (applyId) => {
        this.#course.stopHeld(applyId, { code: 'confirmTimeOver', params: {} });
      },
    });
    this.#later = new SettleLater({ gateway, logger, ledger: this.#ledger, onWaiting: (order) => this.#confirmations.add(order) });
  }

  /** Before the first link: what an earlier panel left open is asked for as soon as its directors are back. */
  async start(): Promise<void> {
    await this.#ledger.closeInterrupted();
    for (const order of await this.#ledger.waiting()) this.#confirmations.add(order);
    for (const order of await this.#ledger.unsettled()) this.#later.add(order);
    for (const clusterId of await this.#ledger.leftOver()) {
      if (await openApply(this.#parts.db, clusterId) !== null) this.#leftOver.add(clusterId);
    }
  }

  plan(clusterId: string, revision?: number): Promise<ChangePlan> {
    const { clusters } = this.#parts;
    return planRevision(this.#parts, clusterId, revision ?? clusters.standing(clusterId).wanted.number);
  }

  /** Comes back once the order is in the database; the rest goes on in the panel. */
  async apply(author: Author, order: ApplyOrder): Promise<{ applyId: string }> {
    const { person, address } = author;
    const stored = await storeOrder(this.#parts, { person: { id: person.id, name: person.name }, address }, order);
    this.#leftOver.delete(order.clusterId);
    this.#run(stored);
    return { applyId: stored.applyId };
  }

  /** Comes back once it is in the database; the directors are told until each has said that it heard. */
  async confirm(author: Author, said: Said): Promise<void> {
    await storeAnswer(this.#parts.db, author, said, 'confirm');
    this.#confirmations.answered(said.applyId);
  }

  /** Also while directors wait for their turn: they are not told of the change any more. */
  async goBack(author: Author, said: Said): Promise<void> {
    await storeAnswer(this.#parts.db, author, said, 'goBack');
    this.#course.stop(said.applyId, { code: 'stoppedByPerson', params: { person: author.person.name } });
    this.#confirmations.answered(said.applyId);
  }

  /** For an apply whose first director is done, and whose others wait for a person. */
  async goOn(author: Author, said: Said): Promise<void> {
    await this.#decide(author, said, 'changes.goOn', { kind: 'goOn' });
  }

  async stopHere(author: Author, said: Said): Promise<void> {
    await this.#decide(author, said, 'changes.stopHere', { kind: 'stop', error: { code: 'stoppedByPerson', params: { person: author.person.name } } });
  }

  /** The apply that runs on a cluster, waits to be confirmed, or is half done and asks for another. Every page of a cluster asks, and mostly there is none. */
  async open(clusterId: string): Promise<ApplySummary | null> {
    this.#parts.clusters.standing(clusterId);
    const some = this.#confirmations.waitsIn(clusterId) || this.#later.waitsIn(clusterId) || [...this.#running.values()].includes(clusterId) || this.#leftOver.has(clusterId);
    return some ? openApply(this.#parts.db, clusterId) : null;
  }

  /** What a person is still to say a word to, of all clusters. Every page asks, and mostly there is nothing. */
  async waiting(): Promise<ApplySummary[]> {
    const clusterIds = new Set([...this.#confirmations.clusterIds(), ...this.#running.values()]);
    const open = await Promise.all([...clusterIds].map((clusterId) => openApply(this.#parts.db, clusterId)));
    return open.filter((apply) => apply !== null).filter(waitsForAWord);
  }

  get(applyId: string): Promise<ApplyView> {
    return applyView(this.#parts.db, applyId);
  }

  list(clusterId: string, limit: number, revision?: number): Promise<ApplySummary[]> {
    this.#parts.clusters.standing(clusterId);
    return applySummaries(this.#parts.db, clusterId, limit, revision);
  }

  /** Begins nothing more from here on. Calls under way end with the gateway's. */
  async close(): Promise<void> {
    this.#ending = true;
    this.#course.close();
    this.#ledger.close();
    await Promise.all([this.#later.close(), this.#confirmations.close()]);
    await Promise.all(this.#running.keys());
  }

  /** Nobody else decides until it is in the audit log, and then it happens: one who comes too late is told so, and leaves no entry. */
  async #decide(author: Author, said: Said, action: string, word: Word): Promise<void> {
    const held = await heldApply(this.#parts.db, said);
    const deciding = this.#course.decide(said.applyId);
    if (deciding === null) throw new PanelError('notHeld');
    try {
      await auditDecision(this.#parts.db, author, held, action);
    } catch (error) {
      deciding.leave();
      throw error;
    }
    deciding.say(word);
  }

  #run(order: StoredOrder): void {
    const { gateway, logger } = this.#parts;
    this.#course.begin(order.applyId);
    const running = runOrder({
      gateway, ledger: this.#ledger, course: this.#course, ending: () => this.#ending,
      onUnsettled: (unsettled) => this.#later.add(unsettled), onWaiting: (waiting) => this.#confirmations.add(waiting),
    }, order)
      .catch(async (error: unknown) => {
        if (this.#ending) return;
        logger.error({ err: error, applyId: order.applyId }, 'an apply broke off');
        await this.#ledger.breakOff(order.applyId);
        for (const waiting of await this.#ledger.waiting(order.applyId)) this.#confirmations.add(waiting);
      })
      .catch((error: unknown) => {
        if (!this.#ending) logger.error({ err: error, applyId: order.applyId }, 'an apply that broke off could not be ended');
      })
      .finally(() => {
        const why = this.#course.stopped(order.applyId);
        if (why !== null && heldEnds.includes(why.code)) this.#leftOver.add(order.clusterId);
        this.#course.end(order.applyId);
        this.#running.delete(running);
      });
    this.#running.set(running, order.clusterId);
  }
}

function waitsForAWord({ confirm, held, directors }: ApplySummary): boolean {
  if (held !== null) return true;
  return confirm !== null && confirm.answer === null && confirm.leftMs !== 0 && directors.some(({ confirmation }) => confirmation === 'waiting');
}
