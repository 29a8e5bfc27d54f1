// A try: one time that a real server was asked, with what was sent, expected and received.
import { z } from 'zod';
import { Id, line } from '../definition/text.ts';

/** Bounded, with `\xNN` for what cannot be shown and `•••` for what is secret. */
const Shown = z.string().max(1_000);

/**
 * Why a try failed, as a word that screens have a sentence for. `silent` words (`SILENT`) are those where nothing came back at all: they may be the
 * director's own network as well as the real server.
 */
export const TryFailure = z.enum([
  'refused', 'unreachable', 'timeout', 'dripping', 'reset', 'closed', 'nothingReceived', 'tooMuchReceived',
  'badAnswer', 'wrongStatus', 'wrongBody', 'wrongAnswer', 'tlsFailed', 'certificateNotTrusted', 'certificateName', 'certificateEnds', 'noClientCertificate',
  'sourceAddress', 'permission', 'noResources', 'scriptMissing', 'scriptNotSafe', 'scriptFailed', 'saysDown', 'noNeighbour', 'vipNotAnswered', 'unsupported', 'failed',
]);
export type TryFailure = z.infer<typeof TryFailure>;

/** Nothing came back: perhaps nothing went out. */
const SILENT: ReadonlySet<TryFailure> = new Set(['timeout', 'unreachable', 'noNeighbour', 'vipNotAnswered']);

/** Could not be asked, for a reason on the director: says nothing about the real server, so it decides nothing. */
const NOT_ASKED: ReadonlySet<TryFailure> = new Set([
  'sourceAddress', 'permission', 'noResources', 'scriptMissing', 'scriptNotSafe', 'noClientCertificate', 'unsupported',
]);

export const TryResult = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('good'),
    /** Percent of its weight that the real server asks for; null: says nothing of it. */
    weightPercent: z.int().min(0).max(100).nullable(),
  }),
  z.strictObject({ kind: z.literal('failed'), failure: TryFailure, detail: line(300).nullable() }),
]);
export type TryResult = z.infer<typeof TryResult>;

export const Try = z.strictObject({
  checkId: Id,
  startedAtMs: z.int().min(0),
  tookMs: z.number().min(0),
  sent: Shown.nullable(),
  expected: Shown.nullable(),
  received: Shown.nullable(),
  /** The end of the certificate that was shown. */
  certificateEndsAtMs: z.int().min(0).nullable(),
  result: TryResult,
});
export type Try = z.infer<typeof Try>;

export function isSilent(result: TryResult): boolean {
  return result.kind === 'failed' && SILENT.has(result.failure);
}

export function wasAsked(result: TryResult): boolean {
  return result.kind === 'good' || !NOT_ASKED.has(result.failure);
}
