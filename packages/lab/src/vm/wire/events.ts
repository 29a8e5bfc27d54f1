// What the guest may tell the host, parsed where it arrives. Apart from wire.ts: the guest's programs do without zod.
import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const id = z.number().int();

export const guestEventSchema = z.discriminatedUnion('kind', [
  /** The session's number, unique in this machine. */
  z.object({ kind: z.literal('welcome'), session: z.number().int() }),
  z.object({ kind: z.literal('started'), id, pid: z.number().int() }),
  z.object({ kind: z.literal('output'), id, stream: z.enum(['stdout', 'stderr']), data: bytes }),
  z.object({ kind: z.literal('message'), id, value: z.unknown() }),
  /** After all its output. `failure`: it never ran. */
  z.object({ kind: z.literal('exit'), id, code: z.number().int().nullable(), signal: z.string().nullable(), failure: z.string().nullable() }),
  z.object({ kind: z.literal('pong') }),
]);

export type GuestEvent = z.infer<typeof guestEventSchema>;

/** What a resident program answers to a call. */
export const callReplySchema = z.discriminatedUnion('ok', [
  z.object({ call: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ call: z.number().int(), ok: z.literal(false), message: z.string(), stack: z.string(), code: z.string().nullable() }),
]);

export type CallReply = z.infer<typeof callReplySchema>;

/** A function of a module to be called by a resident program. */
export interface CallOrder {
  readonly call: number;
  /** The module's bundle, as the guest sees it. */
  readonly module: string;
  readonly name: string;
  readonly args: readonly unknown[];
}
