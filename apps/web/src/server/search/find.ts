// Finds what fits best among all that the wanted revisions define and all directors, in memory. Pure.
import type { Found, FoundKind, SearchAnswer, SearchInput } from '../../search/found.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import { clusterEntry, directorEntry, entriesOf } from './entries.ts';
import type { Entry } from './entries.ts';
import { scoreOf, wordsOf } from './rank.ts';

export interface Searched {
  readonly wanted: readonly KnownRevision[];
  readonly directors: readonly DirectorView[];
}

/** What holds others stands before them where both fit as well. */
const order: readonly FoundKind[] = ['cluster', 'director', 'service', 'realServer'];

interface Hit {
  readonly score: number;
  readonly found: Found;
}

export function findObjects({ wanted, directors }: Searched, { text, kinds, limit }: SearchInput): SearchAnswer {
  const words = wordsOf(text);
  const best = new Best(limit);
  const look = ({ known, found }: Entry): void => {
    if (kinds.length > 0 && !kinds.includes(found.kind)) return;
    const score = scoreOf(known, words);
    if (score > 0) best.add({ score, found });
  };
  const names = new Map(directors.map(({ id, name }) => [id, name]));
  for (const director of directors) look(directorEntry(director));
  for (const revision of wanted) {
    look(clusterEntry(revision, (id) => names.get(id) ?? null));
    for (const entry of entriesOf(revision)) look(entry);
  }
  return best.answer();
}

/** Keeps the best, however many fit: sorting all that have a port would take longer than finding them. */
class Best {
  readonly #most: number;
  readonly #hits: Hit[] = [];
  #fits = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(hit: Hit): void {
    this.#fits += 1;
    const last = this.#hits.at(-1);
    if (this.#hits.length >= this.#most && last !== undefined && better(hit, last) >= 0) return;
    const place = this.#hits.findIndex((each) => better(hit, each) < 0);
    this.#hits.splice(place === -1 ? this.#hits.length : place, 0, hit);
    if (this.#hits.length > this.#most) this.#hits.pop();
  }

  answer(): SearchAnswer {
    return { found: this.#hits.map(({ found }) => found), more: this.#fits - this.#hits.length };
  }
}

function better(a: Hit, b: Hit): number {
  return b.score - a.score
    || order.indexOf(a.found.kind) - order.indexOf(b.found.kind)
    || compare(a.found.name, b.found.name)
    || compare(a.found.clusterName ?? '', b.found.clusterName ?? '')
    || compare(a.found.address ?? '', b.found.address ?? '');
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
