// What one sample of a service leaves for the next: the bytes that ask for it, and its real servers as they were, in Weir's order. Mostly they stay the same.
import type { RealServerSample } from '@weir/model';
import { namedService, serviceName } from '@weir/ipvs';
import type { DestinationRow, NamedService, ServiceId } from '@weir/ipvs';

/** Puts these numbers where they belong in a list; says whether they were there. */
function putAt(list: number[], place: number, words: Int32Array): boolean {
  const first = place * words.length;
  let same = true;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    if (list[first + at] === word) continue;
    list[first + at] = word;
    same = false;
  }
  return same;
}

export class KnownService {
  readonly key: string;
  readonly named: NamedService;
  /** Whether the director saw the replies of all its real servers, when it last had any; null where it has had none. */
  repliesSeen: boolean | null = null;
  /** As the kernel lists them; each identity and each state is some words long. */
  readonly #identities: number[] = [];
  readonly #states: number[] = [];
  readonly #samples: RealServerSample[] = [];
  /** Which place comes first, second and so on in Weir's order. Where the kernel lists one twice, only one of its places is there. */
  #order: readonly number[] = [];
  #changed = false;

  constructor(id: ServiceId) {
    this.key = serviceName(id);
    this.named = namedService(id);
  }

  /** Of the real server that the kernel lists at this place: what was made of it before where nothing changed, else what `make` makes of its name. */
  sampleAt(place: number, row: DestinationRow, make: (key: string) => RealServerSample): RealServerSample {
    const known = this.#samples[place];
    const isSame = putAt(this.#identities, place, row.identity);
    const isUnchanged = putAt(this.#states, place, row.state());
    if (known !== undefined && isSame && isUnchanged) return known;
    this.#changed ||= known === undefined || !isSame;
    const sample = make(known !== undefined && isSame ? known.key : row.name(this.named.id.family));
    this.#samples[place] = sample;
    return sample;
  }

  /** So many of those that were asked for, in Weir's order. */
  inOrder(count: number): RealServerSample[] {
    if (this.#changed || count !== this.#samples.length) this.#sort(count);
    const sorted: RealServerSample[] = [];
    for (const place of this.#order) {
      const sample = this.#samples[place];
      if (sample !== undefined) sorted.push(sample);
    }
    return sorted;
  }

  #sort(count: number): void {
    this.#samples.length = count;
    const places = new Map(this.#samples.map(({ key }, place) => [key, place]));
    this.#order = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
    this.#changed = false;
  }
}
