// The filter as the fields of a form: text, with moments as the browser's own time.
import { z } from 'zod';
import { AuditFilter, auditOutcomes } from '../../server/audit-log/filter.ts';

const Fields = z.object({
  person: z.string(), action: z.string(), object: z.string(), outcome: z.enum(['', ...auditOutcomes]), from: z.string(), to: z.string(),
});
export type FilterFields = z.infer<typeof Fields>;

/** An empty field asks for nothing. */
export const FilterForm = Fields.transform(({ person, action, object, outcome, from, to }): z.input<typeof AuditFilter> => ({
  person: asked(person), action: asked(action), object: asked(object), outcome: outcome === '' ? undefined : outcome, from: asked(momentOf(from)), to: asked(momentOf(to)),
})).pipe(AuditFilter);

export function fieldsOf({ person = '', action = '', object = '', outcome, from, to }: AuditFilter): FilterFields {
  return { person, action, object, outcome: outcome ?? '', from: localOf(from), to: localOf(to) };
}

function asked(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

function momentOf(local: string): string {
  const moment = new Date(local);
  // What is no time stays as it was written, for the schema to refuse.
  return Number.isNaN(moment.getTime()) ? local : moment.toISOString();
}

function localOf(moment: string | undefined): string {
  if (moment === undefined) return '';
  const at = new Date(moment);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, at.getSeconds() === 0 ? 16 : 19);
}
