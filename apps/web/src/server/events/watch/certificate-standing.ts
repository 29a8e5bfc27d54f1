// How much time the panel's own certificate has left, and what is told when that becomes little. Pure.
import { z } from 'zod';
import type { EventDraft } from '../draft.ts';
import type { Told } from './director-standing.ts';

const dayMs = 24 * 3_600_000;

/** Days before the end at which it is told again; 0: it has ended. */
const stages = [0, 1, 7, 30];

export const CertificateStanding = z.object({
  fingerprint: z.string(),
  /** The last that was told; null: none yet. */
  stage: z.number().nullable(),
});
export type CertificateStanding = z.infer<typeof CertificateStanding>;

export interface ServedCertificate {
  readonly fingerprint: string;
  readonly subject: string;
  readonly endsAtMs: number;
}

export function certificateTold(before: CertificateStanding | null, { fingerprint, subject, endsAtMs }: ServedCertificate, nowMs: number): Told<CertificateStanding> {
  const isSame = before?.fingerprint === fingerprint;
  const stage = stages.find((days) => endsAtMs - nowMs <= days * dayMs) ?? null;
  const event = { atMs: nowMs, kind: 'certificate', object: {}, person: null, link: null, evidence: { subject, endsAt: new Date(endsAtMs).toISOString() } } as const;
  const told = isSame ? before.stage : null;
  const events: EventDraft[] = [];
  if (before !== null && !isSame && before.stage !== null) events.push({ ...event, code: 'renewed', tone: 'good', params: {} });
  if (stage !== null && (told === null || stage < told)) events.push({ ...event, ...(stage === 0 ? { code: 'ended', tone: 'bad', params: {} } : { code: 'endsSoon', tone: 'warn', params: { days: stage } }) });
  return { standing: { fingerprint, stage }, events };
}
