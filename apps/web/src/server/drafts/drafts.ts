// Drafts: each belongs to one person, is read by nobody else, and is saved as it goes.
import { DraftValues } from '@weir/model';
import { nanoid } from 'nanoid';
import type { Database, Tx } from '../db/database.ts';
import { isUniqueViolation } from '../db/unique-violation.ts';
import { PanelError } from '../errors.ts';
import type { DraftSaved, DraftView, OpenDraft } from './draft-view.ts';

/** Whose, and of which cluster; null: of a new one. */
export interface DraftPlace {
  readonly personId: string;
  readonly clusterId: string | null;
}

export interface DraftToSave extends DraftPlace {
  readonly base: number | null;
  /** The version that is replaced; null: there was none. */
  readonly version: number | null;
  readonly values: DraftValues;
}

const openMax = 500;

const whereOf = ({ personId: userId, clusterId }: DraftPlace) => ({ userId, clusterId });

export async function readDraft(db: Database, place: DraftPlace): Promise<DraftView | null> {
  const row = await db.draft.findFirst({ where: whereOf(place), select: { base: true, version: true, values: true, startedAt: true, updatedAt: true } });
  return row === null ? null : { ...row, values: DraftValues.parse(row.values) };
}

/** Refused where another tab saved or ended it since: nothing is overwritten without a word. */
export async function saveDraft(db: Database, { version, ...draft }: DraftToSave): Promise<DraftSaved> {
  return db.$transaction(async (tx) => {
    await refuseOver(tx, draft);
    return version === null ? begin(tx, draft) : goOn(tx, draft, version);
  });
}

/** `version`: that one alone; what another tab saved since stays, and is refused. Without one, whatever is there. */
export async function discardDraft(db: Database, { version, ...place }: DraftPlace & { readonly version?: number | undefined }): Promise<void> {
  await db.draft.deleteMany({ where: { ...whereOf(place), ...(version !== undefined && { version }) } });
  if (version !== undefined && await isOpen(db, place)) throw new PanelError('draftElsewhere');
}

/** With the revision that was saved from it. Says whether another version stays, which another tab saved since. */
export async function endDraft(tx: Tx, place: DraftPlace, version: number | null): Promise<boolean> {
  if (version !== null) await tx.draft.deleteMany({ where: { ...whereOf(place), version } });
  return isOpen(tx, place);
}

async function isOpen(db: Database | Tx, place: DraftPlace): Promise<boolean> {
  return (await db.draft.count({ where: whereOf(place) })) > 0;
}

/** Only of what is there can there be a draft; whoever retires the cluster meanwhile has to wait, or is waited for. */
async function refuseOver(tx: Tx, { clusterId, base }: Pick<DraftToSave, 'clusterId' | 'base'>): Promise<void> {
  if (clusterId === null) return;
  const [cluster] = await tx.$queryRaw<{ name: string | null; head: number }[]>`
    SELECT "name", "headRevisionNumber" AS "head" FROM "Cluster" WHERE "id" = ${clusterId} FOR KEY SHARE`;
  if (cluster === undefined || cluster.name === null) throw new PanelError('noSuchCluster');
  if (base === null || base > cluster.head) throw new PanelError('noSuchRevision', { number: base ?? 0 });
}

type Draft = Omit<DraftToSave, 'version'>;

async function begin(tx: Tx, { values, base, ...place }: Draft): Promise<DraftSaved> {
  const now = new Date();
  try {
    await tx.draft.create({ data: { id: nanoid(), ...whereOf(place), base, values, version: 1, startedAt: now, updatedAt: now }, select: { id: true } });
  } catch (error) {
    throw isUniqueViolation(error, 'Draft') ? new PanelError('draftElsewhere', {}, error) : error;
  }
  return { version: 1, updatedAt: now };
}

async function goOn(tx: Tx, { values, base, ...place }: Draft, version: number): Promise<DraftSaved> {
  const saved = { version: version + 1, updatedAt: new Date() };
  const { count } = await tx.draft.updateMany({ where: { ...whereOf(place), version }, data: { base, values, ...saved } });
  if (count === 0) throw new PanelError(await isOpen(tx, place) ? 'draftElsewhere' : 'draftOver');
  return saved;
}

/** Of whoever can still save them (as `operates` says it), the oldest first. Each person's own come before those of others. */
export async function openDrafts(db: Database, personId: string): Promise<OpenDraft[]> {
  return db.$queryRaw<OpenDraft[]>`
    SELECT "clusterId", "userId" = ${personId} AS "own", "User"."name", "Draft"."startedAt", "Draft"."updatedAt"
      FROM "Draft" JOIN "User" ON "User"."id" = "userId"
     WHERE ("userId" = ${personId} OR ("clusterId" IS NOT NULL AND "disabledAt" IS NULL))
       AND ("role" = 'admin' OR ("role" = 'operator' AND (NOT "clustersLimited" OR EXISTS (
             SELECT FROM "OperatorCluster" AS "own" WHERE "own"."userId" = "User"."id" AND "own"."clusterId" = "Draft"."clusterId"))))
     ORDER BY "userId" <> ${personId}, "Draft"."startedAt" LIMIT ${openMax}`;
}
