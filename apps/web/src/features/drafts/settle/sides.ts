// One object of a three-way view in words: what it was, what it is wanted to be by now, and what the draft makes of it.
import type { Meeting } from '@weir/model';
import { differenceWords, type DifferenceWords, type FactName } from '../../revisions/difference-words.ts';

export interface SideFact {
  readonly name: FactName;
  /** Null where the object is not there. */
  readonly base: string | null;
  readonly wanted: string | null;
  readonly mine: string | null;
}

export interface Sides {
  readonly object: DifferenceWords['object'];
  readonly what: string;
  readonly service: string;
  /** On which side it is there. */
  readonly there: { readonly base: boolean; readonly wanted: boolean; readonly mine: boolean };
  /** Those that some side changed. */
  readonly facts: readonly SideFact[];
}

/** Null where nothing that has words differs: the order of what is a set. */
export function sidesOf({ wanted, mine }: Pick<Meeting, 'wanted' | 'mine'>, nameOf: (directorId: string) => string): Sides | null {
  const [theirs, own] = [wanted, mine].map((difference) => (difference === null ? null : differenceWords(difference, nameOf)));
  const one = own ?? theirs;
  if (one === null || one === undefined) return null;
  const base = (theirs ?? one).kind !== 'added' && (own ?? one).kind !== 'added';
  const isThere = (side: DifferenceWords | null | undefined) => (side === null || side === undefined ? base : side.kind !== 'removed');
  const names = [...new Set([theirs, own].flatMap((side) => side?.facts.map(({ name }) => name) ?? []))];
  return {
    object: one.object, what: one.what, service: one.service, there: { base, wanted: isThere(theirs), mine: isThere(own) },
    facts: names.map((name) => factOf(name, theirs, own)),
  };
}

type Words = DifferenceWords | null | undefined;

function factOf(name: FactName, theirs: Words, own: Words): SideFact {
  const [wanted, mine] = [theirs, own].map((side) => side?.facts.find((fact) => fact.name === name));
  const base = wanted?.before ?? mine?.before ?? null;
  return { name, base, wanted: after(theirs, wanted, base), mine: after(own, mine, base) };
}

/** A side that says nothing of a fact left it as it was. */
function after(side: Words, fact: { readonly after: string | null } | undefined, base: string | null): string | null {
  if (fact !== undefined) return fact.after;
  return side?.kind === 'removed' ? null : base;
}
