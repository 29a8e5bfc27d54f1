// Short texts that people type: names, ids and reasons.
import { z } from 'zod';

/** Stable id of an object; letters, digits, `-` and `_` so that it fits in addresses and file names. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** No control or format characters, no separators but blanks, no half of a surrogate pair. */
const printable = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** A name a person gives: one line, visible characters, no blanks around it. */
export const Name = z.string().trim().min(1).max(100).regex(printable);

/** A line that another part of Weir wrote: nothing in it that a log, a table or a page would take for more than text. */
export function line(longest: number): z.ZodString {
  return z.string().min(1).max(longest).regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u);
}

/** Why something was done; may be empty, may have several lines. */
export const Reason = z.string().trim().max(2_000)
  .refine((text) => text.split(/[\n\t]/).every((part) => printable.test(part)), { error: 'has characters that cannot be shown' });
