// Looks at all that should be there: revisions, applies, overrides, audit entries, the director's disk and what clients get.
import { type Override, same } from '@weir/model';
import type { Api } from '../../weir/api.ts';
import { AppliesThere } from './applies.ts';
import { AuditThere } from './audit.ts';
import { checkForwarding, readDisk, settled } from './forwarding.ts';
import type { Book, Order } from '../orders.ts';
import { heldBy } from './listed.ts';
import { Overrides } from './overrides.ts';
import { RevisionsThere } from './revisions.ts';
import type { Site } from '../site.ts';

export class Witness {
  readonly revisions = new RevisionsThere();
  readonly applies = new AppliesThere();
  readonly overrides = new Overrides();
  readonly audit = new AuditThere();

  constructor(private readonly api: Api, private readonly site: Site, private readonly book: Book, private readonly dataDir: string) {}

  /** While nobody changes anything. `whole`: what was looked at before is looked at once more. Gives what is wrong. */
  async look(whole: boolean): Promise<string[]> {
    const { api, site, book } = this;
    const said = await settled(api, site);
    return [
      ...await this.revisions.check(api, site.clusterId, book.revisions, whole),
      ...await this.applies.check(api, book.applies, whole),
      ...await this.#checkDisk(said),
      ...await this.audit.check(api, site.clusterId, book, {
        revisionOf: (order) => this.revisions.of(order), wasHeld: (order) => this.overrides.wasSeen(order),
      }, whole),
      ...await this.#checkUnheardApplies(whole),
      ...await checkForwarding(site, () => readDisk(this.dataDir, site.clusterId)),
    ];
  }

  /** Order and audit entry are there together or not at all, whether the order was acknowledged or not. */
  async #checkUnheardApplies(whole: boolean): Promise<string[]> {
    const { api, site: { clusterId }, book } = this;
    const begun = this.audit.begun(clusterId);
    const acknowledged = new Set(book.applies.map(({ applyId }) => applyId));
    const unheard = [...begun].filter((applyId) => !acknowledged.has(applyId)).map((applyId) => ({ applyId, mark: `apply ${applyId}`, revision: null }));
    return [...await this.applies.check(api, unheard, whole), ...await this.applies.others(api, clusterId, begun)];
  }

  async #checkDisk(said: number): Promise<string[]> {
    const nowMs = Date.now();
    const { revision, definition, overrides } = await readDisk(this.dataDir, this.site.clusterId);
    const listed = await heldBy(this.api, this.site);
    const goOn = (each: Override) => each.endsAtMs === null || each.endsAtMs > nowMs + 1_000;
    const ids = (of: readonly Override[]) => of.filter(goOn).map(({ id }) => id).sort();
    return [
      ...(said === revision ? [] : [`the panel says revision ${said}, and the director's disk has ${revision}`]),
      ...(revision >= this.applies.acceptedAtLeast ? [] : [`revision ${this.applies.acceptedAtLeast} was applied, and the director's disk has ${revision}`]),
      ...(same(this.revisions.get(revision)?.definition, definition) ? [] : [`revision ${revision} on the director's disk is another than the panel's`]),
      ...(same(ids(listed), ids(overrides)) ? [] : [`the panel lists overrides ${ids(listed).join(', ')}, and the director's disk has ${ids(overrides).join(', ')}`]),
      ...this.overrides.check(overrides, this.site, nowMs),
    ];
  }

  /** Whether an order without an acknowledgement turned out to be carried out; null where that cannot be told. */
  cameToBe(order: Order): boolean | null {
    switch (order.kind) {
      case 'save': case 'keep': return this.revisions.of(order) !== undefined;
      case 'weight': case 'quiesce': case 'maintenance': return this.overrides.wasSeen(order);
      case 'apply': case 'end': return null;
    }
  }
}
