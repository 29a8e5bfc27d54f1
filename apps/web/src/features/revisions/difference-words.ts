// A difference between two definitions as facts in words: which object, and what of it was before and is after.
import { addressOf, endpointKey, serviceKey, type ClusterDirector, type Difference, type RealServer, type ServiceItself, type Vip } from '@weir/model';
import { checkText, reactionText } from '../words/health-text.ts';
import { methodText, persistenceText, schedulerText } from '../words/setting-changes.ts';

export type FactName =
  | 'name' | 'dip' | 'keptByOperator' | 'holder' | 'match' | 'scheduler' | 'persistence' | 'onePacket' | 'checks' | 'reaction' | 'rip' | 'port' | 'weight' | 'method' | 'thresholds';

/** One of both is null where the object was added or removed. */
export interface Fact {
  readonly name: FactName;
  readonly before: string | null;
  readonly after: string | null;
}

export interface DifferenceWords {
  readonly object: Difference['object'];
  readonly kind: Difference['kind'];
  /** What the object is called: an endpoint, an address, a name; and the service it belongs to. */
  readonly what: string;
  readonly service: string;
  readonly facts: readonly Fact[];
}

type Words = Partial<Record<FactName, string>>;

const none = '—';

/** `nameOf` knows the directors by their ids. */
export function differenceWords(difference: Difference, nameOf: (directorId: string) => string): DifferenceWords {
  const { object, kind } = difference;
  const [what, before, after] = sides(difference, nameOf);
  return { object, kind, what, service: object === 'realServer' ? difference.service : '', facts: factsOf(before, after) };
}

function sides(difference: Difference, nameOf: (directorId: string) => string): [what: string, before: Words | null, after: Words | null] {
  switch (difference.object) {
    case 'cluster': return described(difference, ({ name }) => name, ({ name }) => ({ name }));
    case 'director': return described(difference, ({ directorId }) => nameOf(directorId), directorWords);
    case 'vip': return described(difference, ({ address }) => address, ({ holder }: Vip) => ({ holder: holder === null ? none : nameOf(holder) }));
    case 'service': return described(difference, ({ name }) => name, serviceWords);
    case 'realServer': return described(difference, endpointKey, realServerWords);
  }
}

/** Called as it was called before, where it is changed. */
function described<T>({ before, after }: { readonly before: T | null; readonly after: T | null }, called: (one: T) => string, words: (one: T) => Words): [string, Words | null, Words | null] {
  const one = before ?? after;
  return [one === null ? '' : called(one), before === null ? null : words(before), after === null ? null : words(after)];
}

function textOf(words: readonly (string | null)[]): string {
  return words.filter((word) => word !== null).join(' ') || none;
}

function directorWords({ dip, host }: ClusterDirector): Words {
  const kept = [host?.vips === undefined ? null : 'VIP', host?.settings === undefined ? null : 'sysctl'];
  return { dip: textOf([dip.ipv4, dip.ipv6]), keptByOperator: textOf(kept) };
}

function serviceWords({ name, match, scheduler, persistence, onePacket, health }: ServiceItself): Words {
  const key = serviceKey(addressOf(match));
  const marked = match.kind === 'mark' ? ` ← ${match.protocol} ${match.vips.join(', ')}${match.ports.length === 0 ? '' : ` :${match.ports.join(',')}`}` : '';
  return {
    name, match: key + marked, scheduler: schedulerText(scheduler), persistence: persistenceText(persistence), onePacket: onePacket ? 'ops' : none,
    checks: health === undefined ? none : health.checks.map(checkText).join('; '), reaction: health === undefined ? none : reactionText(health),
  };
}

function realServerWords({ name, rip, port, weight, method, thresholds: { upper, lower } }: RealServer): Words {
  return {
    name, rip, port: String(port), weight: String(weight),
    method: methodText(method),
    thresholds: upper === 0 && lower === 0 ? none : `${upper} / ${lower}`,
  };
}

// What the object's own line says already.
const told: readonly FactName[] = ['name', 'rip', 'port'];

function factsOf(before: Words | null, after: Words | null): Fact[] {
  const names = Object.keys(after ?? before ?? {}) as FactName[];
  return names
    .map((name) => ({ name, before: before?.[name] ?? null, after: after?.[name] ?? null }))
    .filter((fact) => (before !== null && after !== null ? fact.before !== fact.after : !told.includes(fact.name) && (fact.before ?? fact.after) !== none));
}
