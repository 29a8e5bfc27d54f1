// What was seen of real servers that are down, as the stream of events has it: which director decided it, when, by which rule, and what its last try came to.
import { HealthRule, Try } from '@weir/model';
import type { TryFailure } from '@weir/model';
import { EventParams, EventTone } from '../../../events/event.ts';
import type { Tx } from '../../db/database.ts';
import type { Alert } from '../../db/generated/client.ts';

export interface LastTry {
  readonly director: string;
  readonly atMs: number;
  /** Null: a newer agent's, for which there are no words. */
  readonly rule: HealthRule | null;
  readonly failure: TryFailure | null;
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly directorName: string | null;
  readonly params: unknown;
  readonly evidence: unknown;
}

/** By the id of the alert. None where the last that was heard of the real server is something else: what is older says nothing of now. */
export async function lastTries(tx: Tx, alerts: readonly Alert[]): Promise<Map<string, LastTry>> {
  const ids = alerts.filter(({ rule }) => rule === 'realServerDown').map(({ id }) => id);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT a."id", last."at", last."directorName", last."params", last."evidence" FROM "Alert" AS a CROSS JOIN LATERAL (
      SELECT newest.* FROM unnest(${EventTone.options}::text[]) AS of_tone CROSS JOIN LATERAL (
        SELECT * FROM "Event" AS e WHERE e."realServerId" = a."realServerId" AND e."kind" = 'health' AND e."tone" = of_tone AND e."serviceId" = a."serviceId" AND e."clusterId" = a."clusterId"
         ORDER BY e."at" DESC, e."id" DESC LIMIT 1) AS newest
       ORDER BY newest."at" DESC, newest."id" DESC LIMIT 1) AS last
     WHERE a."id" = ANY(${ids}) AND last."code" = 'down'`;
  return new Map(rows.map(({ id, at, directorName, params, evidence }) => {
    const { rule: code, from: _from, to: _to, ...ruleParams } = EventParams.parse(params);
    const rule = HealthRule.safeParse({ code, params: ruleParams, sinceMs: at.getTime() }).data ?? null;
    const result = Try.safeParse(evidence).data?.result;
    return [id, { director: directorName ?? '', atMs: at.getTime(), rule, failure: result?.kind === 'failed' ? result.failure : null }];
  }));
}
