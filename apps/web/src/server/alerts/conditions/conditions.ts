// All that rules of alerts watch for, as it is seen at one moment.
import type { AlertRuleKind, OpenAlert } from '@weir/model';
import type { Database } from '../../db/database.ts';
import type { ServedCertificate } from '../../events/watch/certificate-standing.ts';
import { applyConditions } from './of-applies.ts';
import type { Condition } from './condition.ts';
import { directorConditions, isDirectorKnown } from './of-directors.ts';
import type { DirectorParts } from './of-directors.ts';
import { healthConditions, healthKnown } from './of-health.ts';
import type { HealthParts } from './of-health.ts';

export interface ConditionParts {
  readonly db: Database;
  readonly gateway: HealthParts['gateway'] & DirectorParts['gateway'];
  readonly clusters: HealthParts['clusters'] & DirectorParts['clusters'];
  readonly drift: DirectorParts['drift'];
  /** That the panel serves; null: none. */
  readonly certificate: ServedCertificate | null;
}

const dayMs = 24 * 3_600_000;

function certificateConditions(certificate: ServedCertificate | null, days: number, nowMs: number): Condition[] {
  if (certificate === null || certificate.endsAtMs - nowMs > days * dayMs) return [];
  const { fingerprint, endsAtMs } = certificate;
  return [{ rule: 'certificateEnding', key: fingerprint, clusterIds: null, object: {}, params: { endsAtMs }, link: null }];
}

export async function conditionsNow(parts: ConditionParts, { days, nowMs }: { readonly days: number; readonly nowMs: number }): Promise<Condition[]> {
  return [
    ...await applyConditions(parts.db), ...healthConditions(parts, nowMs), ...directorConditions(parts), ...certificateConditions(parts.certificate, days, nowMs),
  ];
}

const first = (key: string): string => key.split('/')[0] ?? key;

/** Whether those are heard now who would say that something holds. */
export function knownNow(parts: ConditionParts): (alert: OpenAlert) => boolean {
  const ofHealth = healthKnown(parts);
  const known: Record<AlertRuleKind, (key: string) => boolean> = {
    realServerDown: (key) => ofHealth(first(key)),
    belowQuorum: (key) => ofHealth(first(key)),
    directorSilent: (key) => isDirectorKnown(parts, key, 'directorSilent'),
    drift: (key) => isDirectorKnown(parts, first(key), 'drift'),
    checkerLate: (key) => isDirectorKnown(parts, key, 'checkerLate'),
    applyFailed: () => true,
    certificateEnding: () => true,
  };
  return ({ rule, key }) => known[rule](key);
}
