// Whether the audit log has every entry that it ever had, one for everything that was answered, and none for what was not done.
import { z } from 'zod';
import type { Api } from '../../weir/api.ts';
import type { Book, Order, RevisionOrder, SetOrder } from '../orders.ts';

const Entry = z.object({
  id: z.string(), at: z.string(), action: z.string(), objectId: z.string().nullable(), after: z.unknown(), outcome: z.string(),
});
type Entry = z.infer<typeof Entry>;

const Saved = z.object({ revision: z.int(), reason: z.string() });
const Applied = z.object({ applyId: z.string() });
const SetNow = z.object({ ordered: z.object({ reason: z.string() }) });
const Ended = z.object({ ordered: z.object({ overrideIds: z.array(z.string()) }) });

/** What came to be, to be held against what was written down. */
export interface CameToBe {
  readonly revisionOf: (order: RevisionOrder) => { readonly number: number } | undefined;
  readonly wasHeld: (order: SetOrder) => boolean;
}

function answered(orders: readonly Order[]): number {
  return orders.filter(({ said }) => said === 'acknowledged' || said === 'doubtful').length;
}

// An entry carries the moment at which its transaction began.
const overlapMs = 60_000;

export class AuditThere {
  /** By the entry's id, as it was written. */
  readonly #lines = new Map<string, string>();
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#lines.size;
  }

  /** The ids of all applies whose order is written down. */
  begun(clusterId: string): ReadonlySet<string> {
    const begun = [...this.#entries.values()].filter(({ action, objectId }) => action === 'changes.apply' && objectId === clusterId);
    return new Set(begun.map(({ after }) => Applied.parse(after).applyId));
  }

  async check(api: Api, clusterId: string, book: Book, cameToBe: CameToBe, whole: boolean): Promise<string[]> {
    return [...await this.#read(api, whole), ...this.#compare(clusterId, book, cameToBe)];
  }

  async #read(api: Api, whole: boolean): Promise<string[]> {
    const latestMs = Math.max(...[...this.#entries.values()].map(({ at }) => Date.parse(at)));
    const fromMs = whole || this.#lines.size === 0 ? 0 : latestMs - overlapMs;
    const text = await api.download(`/api/audit-log?format=jsonl&from=${new Date(fromMs).toISOString()}`);
    const read = new Map(text.split('\n').filter((line) => line !== '').map((line) => [Entry.parse(JSON.parse(line)).id, line]));
    const wrong = [...this.#entries.values()].filter(({ at }) => Date.parse(at) >= fromMs).flatMap(({ id, action }) => {
      const now = read.get(id);
      if (now === undefined) return [`audit entry ${id} (${action}) is lost`];
      return now === this.#lines.get(id) ? [] : [`audit entry ${id} (${action}) is another than it was`];
    });
    for (const [id, line] of read) {
      this.#lines.set(id, line);
      this.#entries.set(id, Entry.parse(JSON.parse(line)));
    }
    return wrong;
  }

  #compare(clusterId: string, { revisions, applies, sets, ends }: Book, { revisionOf, wasHeld }: CameToBe): string[] {
    const entries = [...this.#entries.values()].filter(({ objectId }) => objectId === clusterId);
    const after = <T>(action: string, schema: z.ZodType<T>): T[] => entries.filter((entry) => entry.action === action).map((entry) => schema.parse(entry.after));
    const saved = new Map(after('clusters.save', Saved).map(({ revision, reason }) => [reason, revision]));
    const begun = this.begun(clusterId);
    const over = [...after('changes.finish', Applied), ...after('changes.interrupt', Applied)].map(({ applyId }) => applyId);
    const set = new Set(after('overrides.set', SetNow).map(({ ordered }) => ordered.reason));
    const ended = new Set(after('overrides.end', Ended).flatMap(({ ordered }) => ordered.overrideIds));
    const count = (action: string): number => entries.filter((entry) => entry.action === action).length;
    return [
      ...revisions.filter((order) => saved.get(order.mark) !== revisionOf(order)?.number).map(({ mark }) => `the audit log and the revisions disagree about "${mark}"`),
      ...applies.flatMap(({ applyId, mark }) => (applyId !== null && !begun.has(applyId) ? [`the audit log lacks the order of ${mark}`] : [])),
      ...[...begun].filter((id) => over.filter((other) => other === id).length !== 1).map((id) => `the audit log does not say once how apply ${id} ended`),
      ...sets.filter((order) => !set.has(order.mark) && (order.said === 'acknowledged' || wasHeld(order))).map(({ mark }) => `the audit log lacks the order of "${mark}"`),
      ...ends.filter(({ said, overrideId }) => said === 'acknowledged' && !ended.has(overrideId)).map(({ mark }) => `the audit log lacks the order of ${mark}`),
      ...(count('overrides.setFinish') < answered(sets) ? ['the audit log lacks what came of an override that was set'] : []),
      ...(count('overrides.endFinish') < answered(ends) ? ['the audit log lacks what came of an override that was ended'] : []),
    ];
  }
}
