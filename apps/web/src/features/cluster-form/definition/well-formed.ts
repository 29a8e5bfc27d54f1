// What of a draft has the right shape, so that the rules can look at it while the rest is still being typed.
import { ClusterDefinition, VirtualService } from '@weir/model';

export interface WellFormed {
  readonly definition: ClusterDefinition;
  /** For each service of `definition` its place in the draft. */
  readonly places: readonly number[];
}

// Stands for a name that is not written yet, so that the rest can be looked at.
const nameless = '…';

const Head = ClusterDefinition.omit({ services: true });

/** A draft is never changed in place: a service that is the same object has the same shape. */
const looked = new WeakMap<VirtualService, VirtualService | null>();

/** Null where what all services share is not well-formed. A service that is not is left out as a whole. */
export function wellFormed({ services, ...head }: ClusterDefinition): WellFormed | null {
  const parsed = Head.safeParse(named(head));
  if (!parsed.success) return null;
  const found = services.map((service, place) => ({ place, service: wellFormedService(service) }))
    .filter((one): one is { place: number; service: VirtualService } => one.service !== null);
  return { definition: { ...parsed.data, services: found.map(({ service }) => service) }, places: found.map(({ place }) => place) };
}

function wellFormedService(service: VirtualService): VirtualService | null {
  const known = looked.get(service);
  if (known !== undefined) return known;
  const parsed = VirtualService.safeParse(named({ ...service, realServers: service.realServers.map(named) }));
  const found = parsed.success ? parsed.data : null;
  looked.set(service, found);
  return found;
}

function named<T extends { readonly name: string }>(object: T): T {
  return object.name.trim() === '' ? { ...object, name: nameless } : object;
}
