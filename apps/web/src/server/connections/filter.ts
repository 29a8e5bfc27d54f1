// What one looks for among connections, as it stands in a page's address and in a procedure's input. Pure: runs in a browser too.
import { ConnectionFilter, ConnectionGrouping, Id, IpAddress } from '@weir/model';
import { z } from 'zod';

export const ConnectionsFilter = ConnectionFilter.pick({ client: true, network: true, rip: true, protocol: true }).extend({
  state: z.string().trim().toUpperCase().regex(/^[A-Z0-9_]{1,32}$/).optional(),
  serviceId: Id.optional(),
  directorId: Id.optional(),
});
export type ConnectionsFilter = z.infer<typeof ConnectionsFilter>;

/** Of a client's own end. */
export const ClientPort = z.int().min(1).max(65_535);

/** What says nothing of clients: for everyone. */
export const CountsFilter = ConnectionsFilter.pick({ serviceId: true, directorId: true, state: true, protocol: true });
export const CountsGrouping = ConnectionGrouping.exclude(['client', 'network']);

/** The connections of a page: what is looked for, and how it is shown. */
export const ConnectionsView = ConnectionsFilter.extend({
  groupBy: z.enum([...ConnectionGrouping.options, 'director']).optional(),
  /** The client that is followed, and the port that it is thought to come from. */
  follow: IpAddress.optional(),
  port: z.string().regex(/^[1-9]\d{0,4}$/).refine((text) => Number(text) <= 65_535).optional(),
  /** Read again by itself. */
  again: z.literal('yes').optional(),
});
export type ConnectionsView = z.infer<typeof ConnectionsView>;

/** What of an address is a view; the rest is left out, since people write addresses by hand. */
export function viewIn(address: URLSearchParams): ConnectionsView {
  const fits = Object.entries(ConnectionsView.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(address.get(name) ?? undefined);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  return ConnectionsView.parse(Object.fromEntries(fits));
}

/** Equal views have equal addresses. */
export function addressOf(view: ConnectionsView): string {
  return new URLSearchParams(Object.entries(view).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString();
}

export function filterOf({ groupBy: _groupBy, again: _again, follow: _follow, port: _port, ...filter }: ConnectionsView): ConnectionsFilter {
  return filter;
}

/** What of a view is for those who may not see clients. */
export function withoutClients({ groupBy, again, ...view }: ConnectionsView): ConnectionsView {
  const byOthers = groupBy === 'client' || groupBy === 'network' ? undefined : groupBy;
  return { ...countsFilterOf(view), ...(byOthers !== undefined && { groupBy: byOthers }), ...(again !== undefined && { again }) };
}

/** The same for those who may not see clients. */
export function countsFilterOf({ serviceId, directorId, state, protocol }: ConnectionsView): z.infer<typeof CountsFilter> {
  return {
    ...(serviceId !== undefined && { serviceId }), ...(directorId !== undefined && { directorId }),
    ...(state !== undefined && { state }), ...(protocol !== undefined && { protocol }),
  };
}
