// What one sample of a service leaves for the next: the bytes that ask for it, and its real servers as they were, in Weir's order. Mostly they stay the same.
import type { RealServerSample } from '@weir/model';
import { namedService, serviceName } from '@weir/ipvs';
import type { DestinationRow, NamedService, ServiceId } from '@weir/ipvs';

interface Listed {
  /** The kernel's own words, by which it is seen that nothing changed. */
  readonly words: Int32Array;
  readonly identity: Int32Array;
  readonly sample: RealServerSample;
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.every((word, at) => word === b[at]);
}

export class KnownService {
  readonly key: string;
  readonly named: NamedService;
  /** Whether the director saw the replies of all its real servers, when it last had any; null where it has had none. */
  repliesSeen: boolean | null = null;
  /** As the kernel lists them. */
  readonly #listed: Listed[] = [];
  /** Which place comes first, second and so on in Weir's order. Where the kernel lists one twice, only one of its places is there. */
  #order: readonly number[] = [];
  #changed = false;

  constructor(id: ServiceId) {
    this.key = serviceName(id);
    this.named = namedService(id);
  }

  /** Of the real server that the kernel lists at this place: what was made of it before where nothing changed, else what `make` makes of its name. */
  sampleAt(place: number, row: DestinationRow, make: (key: string, row: DestinationRow) => RealServerSample): RealServerSample {
    const known = this.#listed[place];
    if (known !== undefined && row.isLike(known.words)) return known.sample;
    const { identity } = row;
    const isKnown = known !== undefined && isSame(known.identity, identity);
    this.#changed ||= !isKnown;
    const sample = make(isKnown ? known.sample.key : row.name(this.named.id.family), row);
    this.#listed[place] = { words: row.words(known?.words ?? null), identity: isKnown ? known.identity : identity.slice(), sample };
    return sample;
  }

  /** So many of those that were asked for, in Weir's order. */
  inOrder(count: number): RealServerSample[] {
    if (this.#changed || count !== this.#listed.length) this.#sort(count);
    const sorted: RealServerSample[] = [];
    for (const place of this.#order) {
      const listed = this.#listed[place];
      if (listed !== undefined) sorted.push(listed.sample);
    }
    return sorted;
  }

  #sort(count: number): void {
    this.#listed.length = count;
    const places = new Map(this.#listed.map(({ sample }, place) => [sample.key, place]));
    this.#order = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
    this.#changed = false;
  }
}
