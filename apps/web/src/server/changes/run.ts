// Carries out one stored order: director after director, each step in the database before the next.
import type { IpAddress } from '@weir/model';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { settlementOf, settlementOfFailure } from './outcome/answer.ts';
import type { Settlement } from './outcome/answer.ts';
import type { ShownError } from './change-view.ts';
import { HELD_LONGEST_MS } from './confirm/course.ts';
import type { Course, HoldEnd } from './confirm/course.ts';
import type { Ledger, Unsettled } from './outcome/ledger.ts';
import { takesBack } from './order.ts';
import type { StoredOrder, Turn } from './order.ts';
import { vipsOfTurn } from './planning/vip-moves.ts';

/** The least that a director takes. */
const shortestMs = 1_000;

export interface RunParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly course: Course;
  /** The panel ends: nothing more goes out, and what is under way is for the next start to settle. */
  readonly ending: () => boolean;
  readonly onUnsettled: (order: Unsettled) => void;
  /** The director has the change, and takes it back unless it is confirmed. */
  readonly onWaiting: (order: Unsettled) => void;
}

/** What is known of an order while it is carried out. */
interface Way {
  failedOn: string | null;
  /** VIPs that a director was to give up and has not said it did. */
  readonly kept: Map<IpAddress, string>;
  /** By the panel's clock: the time to confirm ends for all directors with the first one's. */
  firstSentAtMs: number | null;
  sent: number;
  asked: boolean;
}

export async function runOrder(parts: RunParts, order: StoredOrder): Promise<void> {
  const { ledger, ending } = parts;
  const way: Way = { failedOn: null, kept: new Map(), firstSentAtMs: null, sent: 0, asked: false };
  for (const turn of order.turns) {
    if (ending()) return;
    if (order.firstAlone && way.sent === 1 && !endsAfterFailure(order, way)) await holdBack(parts, order, way);
    if (ending()) return;
    const why = whyNotSent(parts, order, turn, way);
    if (why === null) await carryOut(parts, order, turn, way);
    else {
      await ledger.settle(turn.id, { outcome: 'notSent', report: null, error: why, over: true });
      if (why.code === 'vipKept') way.failedOn = turn.name;
    }
  }
  if (!ending()) await ledger.finish(order);
}

function endsAfterFailure({ onFailure }: StoredOrder, { failedOn }: Way): boolean {
  return failedOn !== null && onFailure === 'rollBack';
}

/** Until a person says how it goes on, or it took too long. Only what the panel itself then finds stopped is not sent. */
async function holdBack({ ledger, course }: RunParts, order: StoredOrder, way: Way): Promise<void> {
  if (way.asked) return;
  way.asked = true;
  const { applyId } = order;
  // Before anybody can see that it waits: whoever answers at once is heard.
  const said = course.hold(applyId, holdEnd(leftOf(order, way)));
  await ledger.hold(applyId, new Date());
  const word = await said;
  if (word.kind !== 'ending') await ledger.hold(applyId, null);
}

/** What nobody confirms goes back: then there is nothing to go on with. */
function holdEnd(leftMs: number | undefined): HoldEnd {
  if (leftMs !== undefined && leftMs < HELD_LONGEST_MS) return { afterMs: Math.max(leftMs, 0), error: { code: 'confirmTimeOver', params: {} } };
  return { afterMs: HELD_LONGEST_MS, error: { code: 'heldTooLong', params: { minutes: HELD_LONGEST_MS / 60_000 } } };
}

function whyNotSent(parts: RunParts, order: StoredOrder, turn: Turn, way: Way): ShownError | null {
  if (endsAfterFailure(order, way) && way.failedOn !== null) return { code: 'stoppedAfterFailure', params: { director: way.failedOn } };
  const stopped = parts.course.stopped(order.applyId);
  if (stopped !== null) return stopped;
  if ((leftOf(order, way) ?? shortestMs) < shortestMs) return { code: 'confirmTimeOver', params: {} };
  const [taken] = vipsOfTurn(turn, 'addVip').flatMap((vip) => {
    const director = way.kept.get(vip) ?? backOn(parts.gateway, order.off, vip);
    return director === null ? [] : [{ vip, director }];
  });
  return taken === undefined ? null : { code: 'vipKept', params: taken };
}

async function carryOut({ gateway, ledger, ending, onUnsettled, onWaiting }: RunParts, order: StoredOrder, turn: Turn, way: Way): Promise<void> {
  await ledger.sending(turn.id, takesBack(turn, order));
  way.firstSentAtMs ??= Date.now();
  way.sent += 1;
  const settlement = await send(gateway, order, turn, leftOf(order, way));
  if (ending() && !settlement.over) return;
  await ledger.settle(turn.id, settlement);
  const row = { id: turn.id, applyId: order.applyId, directorId: turn.directorId, clusterId: order.clusterId, director: turn.name };
  if (!settlement.over) onUnsettled(row);
  if (settlement.confirmation?.confirmation === 'waiting') onWaiting(row);
  for (const left of keptAfter(turn, settlement)) way.kept.set(left, turn.name);
  if (settlement.outcome !== 'applied') way.failedOn = turn.name;
}

/** Undefined where nobody needs to confirm. */
function leftOf({ confirmWithinMs }: StoredOrder, { firstSentAtMs }: Way): number | undefined {
  return confirmWithinMs === undefined || firstSentAtMs === null ? confirmWithinMs : confirmWithinMs - (Date.now() - firstSentAtMs);
}

/** A director that was stated to be off, is not, and has the VIP; null where there is none. */
function backOn(gateway: Gateway, off: readonly string[], vip: IpAddress): string | null {
  const back = off.find((id) => gateway.stateNow(id)?.host?.vips.some(({ address }) => address === vip) === true);
  return back === undefined ? null : gateway.director(back)?.name ?? back;
}

/** What a director still has as far as anybody knows: only its own word that the step was done, and stands, says otherwise. */
function keptAfter(turn: Turn, { outcome, report }: Settlement): IpAddress[] {
  const stands = report?.kind === 'report' && (outcome === 'applied' || outcome === 'partlyApplied');
  const done = stands ? report.report.steps.filter(({ result }) => result.status === 'done').map(({ operation }) => operation) : [];
  const given = new Set(vipsOfTurn({ operations: done }, 'removeVip'));
  return vipsOfTurn(turn, 'removeVip').filter((vip) => !given.has(vip));
}

async function send(gateway: Gateway, order: StoredOrder, turn: Turn, leftMs: number | undefined): Promise<Settlement> {
  const { applyId, clusterId, revision, onFailure } = order;
  const { directorId, definition, plan: { digest, replaces } } = turn;
  const timed = leftMs !== undefined && takesBack(turn, order);
  const confirm = timed ? { confirmWithinMs: Math.max(Math.round(leftMs), shortestMs) } : {};
  try {
    const answer = await gateway.client(directorId).apply({ applyId, clusterId, revision, definition, digest, replaces, onFailure, ...confirm });
    return settlementOf(answer, timed ? { accepts: definition === null ? null : revision } : null);
  } catch (error) {
    if (error instanceof PanelError) return settlementOfFailure(error);
    throw error;
  }
}
