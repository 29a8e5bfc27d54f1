// The definitions by which directors forward now, each read once from the stored revisions.
import type { ClusterDefinition } from '@weir/model';
import { isDigestOf } from '@weir/protocol';
import type { AcceptedRevision } from '@weir/protocol';

type Read = (clusterId: string, revision: number) => Promise<ClusterDefinition>;
type Held = Pick<AcceptedRevision, 'clusterId' | 'revision' | 'digest'>;

function keyOf({ clusterId, revision, digest }: Held): string {
  return `${clusterId}/${revision}/${digest}`;
}

export class AcceptedDefinitions {
  readonly #read: Read;
  /** Null: being read, or another one than the panel has under that number. */
  readonly #known = new Map<string, ClusterDefinition | null>();

  constructor(read: Read) {
    this.#read = read;
  }

  get(held: Held): ClusterDefinition | null {
    return this.#known.get(keyOf(held)) ?? null;
  }

  /** Reads what is new of all that directors hold now, and forgets what none holds any more. */
  async keep(all: readonly Held[]): Promise<void> {
    const wanted = new Map(all.map((held) => [keyOf(held), held]));
    for (const key of this.#known.keys()) if (!wanted.has(key)) this.#known.delete(key);
    for (const [key, held] of wanted) {
      if (this.#known.has(key)) continue;
      this.#known.set(key, null);
      const definition = await this.#definition(held);
      if (definition === 'unread') this.#known.delete(key);
      else if (this.#known.has(key)) this.#known.set(key, definition);
    }
  }

  /** A revision that cannot be read now is tried again with the next change. */
  async #definition({ clusterId, revision, digest }: Held): Promise<ClusterDefinition | null | 'unread'> {
    try {
      const definition = await this.#read(clusterId, revision);
      return isDigestOf(digest, definition) ? definition : null;
    } catch {
      return 'unread';
    }
  }
}
