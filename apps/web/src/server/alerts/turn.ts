// What comes of one look, as rows, and written in one transaction: alerts, what is told of them as events, and what is to be sent.
import { alertKey } from '@weir/model';
import type { AlertPlace, AlertStep, OpenAlert } from '@weir/model';
import { nanoid } from 'nanoid';
import type { EventTone } from '../../events/event.ts';
import type { Database, Tx } from '../db/database.ts';
import { writeEvents } from '../events/draft.ts';
import type { EventDraft } from '../events/draft.ts';
import type { Condition } from './conditions/condition.ts';
import { enqueue } from './enqueue.ts';
import { noObject } from './open-row.ts';
import type { OpenRow } from './open-row.ts';
import type { RuleSet } from './rules.ts';

export interface Turn {
  readonly began: readonly OpenRow[];
  /** With what is seen as it fires. */
  readonly fired: readonly OpenRow[];
  readonly ended: readonly OpenRow[];
  /** Those of them that nobody is called for any more, whether or not they are over. */
  readonly unwatched: ReadonlySet<OpenRow>;
  readonly passed: readonly OpenRow[];
  readonly open: Map<string, OpenRow>;
}

export function turnOf(before: ReadonlyMap<string, OpenRow>, step: AlertStep<Condition>, isUnwatched: (alert: OpenAlert) => boolean, nowMs: number): Turn {
  const since = new Map(step.open.map((alert) => [alertKey(alert), alert.sinceMs]));
  const began = new Map(step.began.map(({ rule, key, object, params, link }): [string, OpenRow] => (
    [alertKey({ rule, key }), { rule, key, params, link, id: nanoid(), object: { ...noObject, ...object }, sinceMs: nowMs, firedAtMs: null }])));
  const known = (place: AlertPlace): OpenRow[] => [began.get(alertKey(place)) ?? before.get(alertKey(place)) ?? []].flat();
  const fired = new Map(step.fired.flatMap((condition) => known(condition).map((row) => [alertKey(row), { ...row, params: condition.params, sinceMs: since.get(alertKey(row)) ?? row.sinceMs, firedAtMs: nowMs }] as const)));
  const ended = step.ended.flatMap(known);
  return {
    began: [...began.values()], fired: [...fired.values()], ended, unwatched: new Set(ended.filter(isUnwatched)), passed: step.passed.flatMap(known),
    open: new Map(step.open.flatMap((alert) => [fired.get(alertKey(alert)) ?? known(alert)].flat().map((row) => [alertKey(row), row] as const))),
  };
}

function ids(rows: Iterable<OpenRow>): string[] {
  return [...rows].map(({ id }) => id);
}

export async function writeTurn(db: Database, turn: Turn, rules: RuleSet, nowMs: number): Promise<void> {
  const { began, fired, ended, unwatched, passed } = turn;
  if (began.length + fired.length + ended.length + passed.length === 0) return;
  const now = new Date(nowMs);
  await db.$transaction(async (tx) => {
    await insert(tx, began);
    await tx.$executeRaw`
      UPDATE "Alert" AS a SET "firedAt" = ${now}, "since" = f."since"::timestamptz, "params" = f."params"::jsonb
        FROM unnest(${ids(fired)}::text[], ${fired.map(({ sinceMs }) => new Date(sinceMs).toISOString())}::text[], ${fired.map(({ params }) => JSON.stringify(params))}::text[]) AS f("id", "since", "params")
       WHERE a."id" = f."id"`;
    // Should the clock have gone back: nothing ends before it fired.
    await tx.$executeRaw`UPDATE "Alert" SET "endedAt" = GREATEST("firedAt", ${now}), "unwatched" = "id" = ANY(${ids(unwatched)}) WHERE "id" = ANY(${ids(ended)})`;
    await tx.$executeRaw`DELETE FROM "Alert" WHERE "id" = ANY(${ids(passed)})`;
    await writeEvents(tx, [
      ...fired.map((alert) => told(alert, 'fired', nowMs)), ...ended.map((alert) => told(alert, unwatched.has(alert) ? 'unwatched' : 'ended', nowMs)),
    ], nowMs);
    await enqueue(tx, rules, { fired, ended }, nowMs);
  });
}

/** As one value: all real servers of a large installation may be down at once. */
async function insert(tx: Tx, rows: readonly OpenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const json = JSON.stringify(rows.map(({ id, rule, key, object, params, link, sinceMs }) => ({ id, rule, key, ...object, params, link, since: new Date(sinceMs) })));
  await tx.$executeRaw`
    INSERT INTO "Alert" ("id", "rule", "key", "clusterId", "clusterName", "serviceId", "serviceName", "realServerId", "realServerName", "directorId", "directorName", "params", "link", "since")
    SELECT "id", "rule", "key", "clusterId", "clusterName", "serviceId", "serviceName", "realServerId", "realServerName", "directorId", "directorName", "params", "link", "since"
      FROM jsonb_to_recordset(${json}::jsonb) AS rows (
        "id" text, "rule" text, "key" text, "clusterId" text, "clusterName" text, "serviceId" text, "serviceName" text, "realServerId" text, "realServerName" text,
        "directorId" text, "directorName" text, "params" jsonb, "link" text, "since" timestamptz)`;
}

const tones: Readonly<Record<OpenRow['rule'], EventTone>> = {
  belowQuorum: 'bad', realServerDown: 'bad', directorSilent: 'bad', applyFailed: 'bad', drift: 'warn', certificateEnding: 'warn', checkerLate: 'warn',
};

function told(alert: OpenRow, code: 'fired' | 'ended' | 'unwatched', nowMs: number): EventDraft {
  const tone = { fired: tones[alert.rule], ended: 'good', unwatched: 'plain' } as const;
  return { atMs: nowMs, kind: 'alert', code, tone: tone[code], object: alert.object, params: { ...alert.params, rule: alert.rule }, person: null, link: alert.link };
}
