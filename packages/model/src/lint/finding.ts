// A finding: what lint has to say about one object of a definition.
import { z } from 'zod';

export const Severity = z.enum(['error', 'warning']);
export type Severity = z.infer<typeof Severity>;

/** `path` leads to the object or field in the definition; `params` fill the sentence that belongs to `code`. */
export const Finding = z.strictObject({
  code: z.string().min(1).max(64),
  severity: Severity,
  path: z.array(z.union([z.string(), z.int()])),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof Finding>;
