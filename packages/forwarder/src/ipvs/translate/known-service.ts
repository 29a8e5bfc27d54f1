// What one sample of a service leaves for the next: the bytes that ask for it, and its real servers' names and order. Mostly these stay the same.
import { namedService, serviceName } from '@weir/ipvs';
import type { DestinationRow, NamedService, ServiceId } from '@weir/ipvs';

export class KnownService {
  readonly key: string;
  readonly named: NamedService;
  /** Whether the director saw the replies of all its real servers, when it last had any; null where it has had none. */
  repliesSeen: boolean | null = null;
  /** As the kernel lists them; each identity is some words long. */
  readonly #identities: number[] = [];
  readonly #names: string[] = [];
  /** Which place comes first, second and so on in Weir's order. Where the kernel lists one twice, only one of its places is there. */
  #order: readonly number[] = [];
  #changed = false;

  constructor(id: ServiceId) {
    this.key = serviceName(id);
    this.named = namedService(id);
  }

  /** Of the real server that the kernel lists at this place. */
  nameAt(place: number, row: DestinationRow): string {
    const known = this.#names[place];
    if (known !== undefined && this.#isAt(place, row.identity)) return known;
    const name = row.name(this.named.id.family);
    row.identity.forEach((word, at) => (this.#identities[place * row.identity.length + at] = word));
    this.#names[place] = name;
    this.#changed = true;
    return name;
  }

  /** What was made of each real server, in the kernel's order and then in Weir's. Each was asked for its name. */
  inOrder<T>(listed: readonly T[]): T[] {
    if (this.#changed || listed.length !== this.#names.length) this.#sort(listed.length);
    const sorted: T[] = [];
    for (const place of this.#order) {
      const one = listed[place];
      if (one !== undefined) sorted.push(one);
    }
    return sorted;
  }

  #isAt(place: number, identity: Int32Array): boolean {
    const first = place * identity.length;
    for (let at = 0; at < identity.length; at += 1) if (identity[at] !== this.#identities[first + at]) return false;
    return true;
  }

  #sort(count: number): void {
    this.#names.length = count;
    const places = new Map(this.#names.map((name, place) => [name, place]));
    this.#order = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
    this.#changed = false;
  }
}
