// What differs between two definitions of a cluster, object by object: what a person reads of a revision before approving it.
import type { ClusterDefinition, ClusterDirector, RealServer, ServiceMatch, Vip, VirtualService } from '../definition/definition.ts';
import { same } from '../json/same.ts';

type Field<T> = Extract<keyof T, string>;

/** `fields`: those that differ, where the object is in both. */
type Differing<T> =
  | { readonly kind: 'added'; readonly before: null; readonly after: T }
  | { readonly kind: 'removed'; readonly before: T; readonly after: null }
  | { readonly kind: 'changed'; readonly before: T; readonly after: T; readonly fields: readonly Field<T>[] };

/** Its real servers are objects of their own. */
export type ServiceItself = Omit<VirtualService, 'realServers'>;

export type Difference =
  | { readonly object: 'cluster' } & Differing<Pick<ClusterDefinition, 'name'>>
  | { readonly object: 'director' } & Differing<ClusterDirector>
  | { readonly object: 'vip' } & Differing<Vip>
  | { readonly object: 'service' } & Differing<ServiceItself>
  /** `service` is the name of the virtual service, the newer one where it has two. */
  | { readonly object: 'realServer'; readonly service: string } & Differing<RealServer>;

/**
 * Objects meet by their ids (VIPs by their address, directors by the director's id), which lint holds to be unique; the order
 * in which a definition lists them, or the addresses and ports of a match, makes no difference.
 */
export function differences(before: ClusterDefinition, after: ClusterDefinition): Difference[] {
  return [
    ...compared([{ name: before.name }], [{ name: after.name }], () => '').map((one) => ({ object: 'cluster' as const, ...one })),
    ...compared(before.directors, after.directors, ({ directorId }) => directorId).map((one) => ({ object: 'director' as const, ...one })),
    ...compared(before.vips, after.vips, ({ address }) => address).map((one) => ({ object: 'vip' as const, ...one })),
    ...serviceDifferences(before.services, after.services),
  ];
}

/** Each service, and behind it its real servers. */
function serviceDifferences(before: readonly VirtualService[], after: readonly VirtualService[]): Difference[] {
  return paired(before, after, byId).flatMap(([was, is]): Difference[] => {
    if (was === is) return [];
    const service = (is ?? was)?.name ?? '';
    return [
      ...differing(itself(was), itself(is)).map((one) => ({ object: 'service' as const, ...one })),
      ...compared(was?.realServers ?? [], is?.realServers ?? [], byId).map((one) => ({ object: 'realServer' as const, service, ...one })),
    ];
  });
}

const byId = ({ id }: { readonly id: string }): string => id;

export function itself(service: VirtualService | null): ServiceItself | null {
  if (service === null) return null;
  const { id, name, match, scheduler, persistence, onePacket, health } = service;
  return { id, name, match: inOrder(match), scheduler, persistence, onePacket, health };
}

/** VIPs and ports of a mark are a set. */
function inOrder(match: ServiceMatch): ServiceMatch {
  return match.kind === 'address' ? match : { ...match, vips: match.vips.toSorted(), ports: match.ports.toSorted((a, b) => a - b) };
}

function compared<T extends object>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): Differing<T>[] {
  return paired(before, after, keyOf).flatMap(([was, is]) => differing(was, is));
}

/** In the order of `after`; behind it what is no more. */
function paired<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): [before: T | null, after: T | null][] {
  const old = new Map(before.map((one) => [keyOf(one), one]));
  const kept = new Set(after.map(keyOf));
  return [
    ...after.map((is): [T | null, T | null] => [old.get(keyOf(is)) ?? null, is]),
    ...before.filter((was) => !kept.has(keyOf(was))).map((was): [T | null, T | null] => [was, null]),
  ];
}

/** At most one: none where nothing differs. */
export function differing<T extends object>(before: T | null, after: T | null): Differing<T>[] {
  if (before === null) return after === null ? [] : [{ kind: 'added', before, after }];
  if (after === null) return [{ kind: 'removed', before, after }];
  if (before === after) return [];
  const fields = (Object.keys(after) as Field<T>[]).filter((field) => !same(before[field], after[field]));
  return fields.length === 0 ? [] : [{ kind: 'changed', before, after, fields }];
}
