// Why a real server of a service stands as it does: what was decided, and the last tries of each of its checks.
import type { Verdict } from '@weir/model';
import type { CheckerState, EvidenceInput, HealthEvidence, ServiceStanding } from '@weir/protocol';
import type { TargetTry } from './asking/evidence.ts';

export interface EvidenceParts {
  readonly standing: ServiceStanding | null;
  readonly verdict: Verdict | null;
  readonly checker: CheckerState;
  readonly readAtMs: number;
  /** Null where it cannot be asked here. */
  readonly triesOf: (checkId: string) => readonly TargetTry[] | null;
}

export function evidenceOn({ realServerId }: EvidenceInput, { standing, verdict, checker, readAtMs, triesOf }: EvidenceParts): HealthEvidence {
  return {
    realServer: standing?.realServers.find((one) => one.realServerId === realServerId) ?? null,
    service: standing?.state ?? null,
    checks: (verdict?.checks ?? []).map(({ checkId, standing: stands, sinceMs, good, failed }) => {
      const tries = triesOf(checkId);
      return { checkId, isAsked: tries !== null, standing: stands, sinceMs, good, failed, tries: (tries ?? []).map((one) => ({ checkId, ...one })) };
    }),
    checker, readAtMs,
  };
}
