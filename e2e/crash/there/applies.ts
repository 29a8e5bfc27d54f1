// Whether every acknowledged apply is there and has come to an end, and what the director says it accepted by it.
import { z } from 'zod';
import type { Api } from '../../weir/api.ts';
import { until } from '../../weir/until.ts';
import type { ApplyOrder } from '../orders.ts';

/** Null: an order that was never heard to be acknowledged. */
type Known = Pick<ApplyOrder, 'applyId' | 'mark'> & { readonly revision: number | null };

const Apply = z.object({
  revision: z.int(), finishedAt: z.string().nullable(),
  directors: z.array(z.object({
    state: z.string(), askedAgain: z.boolean(),
    report: z.object({ accepted: z.int().nullable(), outcome: z.object({ kind: z.string() }) }).nullable(),
  })),
});
type Apply = z.infer<typeof Apply>;

const endDeadlineMs = 60_000;

function hasEnded({ finishedAt, directors }: Apply): boolean {
  return finishedAt !== null && directors.every(({ state, askedAgain }) => !askedAgain && state !== 'waiting' && state !== 'running');
}

export class AppliesThere {
  readonly #ended = new Map<string, Apply>();
  /** The newest revision that a report says the director accepted. */
  acceptedAtLeast = 1;

  async check(api: Api, orders: readonly Known[], whole: boolean): Promise<string[]> {
    const wrong: string[] = [];
    for (const { applyId, mark, revision } of orders) {
      if (applyId === null) continue;
      const before = this.#ended.get(applyId);
      if (before !== undefined && !whole) continue;
      const apply = await this.#end(api, applyId).catch((error: unknown) => {
        wrong.push(`${mark} is lost or has no end: ${String(error)}`);
      });
      if (apply === undefined) continue;
      if (revision !== null && apply.revision !== revision) wrong.push(`${mark} of revision ${revision} is there with revision ${apply.revision}`);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(apply)) wrong.push(`${mark} is another than it was when it had ended`);
      this.#ended.set(applyId, apply);
      for (const { report } of apply.directors) this.acceptedAtLeast = Math.max(this.acceptedAtLeast, report?.accepted ?? 0);
    }
    return wrong;
  }

  /** Of the newest applies, those that are not among `begun`. */
  async others(api: Api, clusterId: string, begun: ReadonlySet<string>): Promise<string[]> {
    const listed = await api.query('changes.list', z.array(z.object({ id: z.string() })), { clusterId, limit: 100 });
    return listed.filter(({ id }) => !begun.has(id)).map(({ id }) => `the audit log lacks the order of apply ${id}`);
  }

  #end(api: Api, applyId: string): Promise<Apply> {
    return until(`apply ${applyId} has ended`, endDeadlineMs, async () => {
      const apply = await api.query('changes.get', Apply, { applyId });
      return hasEnded(apply) ? apply : null;
    });
  }
}
