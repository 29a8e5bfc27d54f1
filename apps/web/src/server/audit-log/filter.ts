// What one looks for in the audit log, as it stands in a page's address, in a procedure's input and in an export's. Pure: runs in a browser too.
import { z } from 'zod';

const Text = z.string().trim().min(1).max(200).regex(/^\P{Cc}*$/u, 'must not contain control characters');
const Moment = z.iso.datetime();

export const auditOutcomes = ['done', 'refused', 'failed'] as const;

export const AuditFilter = z.strictObject({
  /** Part of the name of whoever acted. */
  person: Text.optional(),
  /** How the action begins: `clusters.` has all that is done to clusters. */
  action: Text.optional(),
  /** Part of the object's kind, name or id. */
  object: Text.optional(),
  outcome: z.enum(auditOutcomes).optional(),
  /** From this moment on, UTC. */
  from: Moment.optional(),
  /** Before this moment, UTC. */
  to: Moment.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** What of an address is a filter; the rest is left out, since people write addresses by hand. */
export function filterIn(address: URLSearchParams): AuditFilter {
  const fits = Object.entries(AuditFilter.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(address.get(name) ?? undefined);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  return AuditFilter.parse(Object.fromEntries(fits));
}

export function addressOf(filter: AuditFilter): string {
  return new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString();
}
