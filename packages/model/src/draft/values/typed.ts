// What a field of a form holds while a person types into it.
import { z } from 'zod';
import { ForwardingMethod } from '../../definition/forwarding.ts';

/** Longer is no name, address or number that somebody is about to finish. */
export const Text = z.string().max(1_000);

/** JSON has no number that is none: it is null there. */
export const MaybeNumber = z.union([z.number(), z.nan(), z.null().transform(() => Number.NaN)]);

const Tunnel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ipip') }),
  z.strictObject({ type: z.literal('gue'), port: MaybeNumber, checksum: z.enum(['none', 'csum', 'remcsum']) }),
  z.strictObject({ type: z.literal('gre'), checksum: z.enum(['none', 'csum']) }),
]);

export const Method = z.union([z.strictObject({ kind: z.literal('tun'), tunnel: Tunnel }), ForwardingMethod]);
