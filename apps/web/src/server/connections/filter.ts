// What one looks for among connections, as it stands in a page's address and in a procedure's input. Pure: runs in a browser too.
import { ConnectionFilter, Id } from '@weir/model';
import { z } from 'zod';

export const ConnectionsFilter = ConnectionFilter.pick({ client: true, rip: true }).extend({
  state: z.string().trim().toUpperCase().regex(/^[A-Z0-9_]{1,32}$/).optional(),
  serviceId: Id.optional(),
  directorId: Id.optional(),
});
export type ConnectionsFilter = z.infer<typeof ConnectionsFilter>;

/** What of an address is a filter; the rest is left out, since people write addresses by hand. */
export function filterIn(address: URLSearchParams): ConnectionsFilter {
  const fits = Object.entries(ConnectionsFilter.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(address.get(name) ?? undefined);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  return ConnectionsFilter.parse(Object.fromEntries(fits));
}

export function addressOf(filter: ConnectionsFilter): string {
  return new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString();
}
