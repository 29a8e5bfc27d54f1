// Forwarding methods: how a packet gets from the director to a real server.
import { z } from 'zod';
import { IpAddress, Port } from './address.ts';

const TunnelPort = Port.min(1);

/** How a packet is wrapped on its way to the real server (ip_vs.h: IP_VS_CONN_F_TUNNEL_TYPE_*). */
export const Tunnel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ipip') }),
  z.strictObject({ type: z.literal('gue'), port: TunnelPort, checksum: z.enum(['none', 'csum', 'remcsum']) }),
  z.strictObject({ type: z.literal('gre'), checksum: z.enum(['none', 'csum']) }),
]);
export type Tunnel = z.infer<typeof Tunnel>;

const nat = z.strictObject({ kind: z.literal('nat') });
const dr = z.strictObject({ kind: z.literal('dr') });
const tun = z.strictObject({ kind: z.literal('tun'), tunnel: Tunnel });

/** The method as a person defines it. */
export const ForwardingMethod = z.discriminatedUnion('kind', [
  nat, dr, tun, z.strictObject({ kind: z.literal('proxied') }),
]);
export type ForwardingMethod = z.infer<typeof ForwardingMethod>;

/** The method as one director carries it out: a proxied connection leaves from the director's DIP. */
export const RuleMethod = z.discriminatedUnion('kind', [
  nat, dr, tun, z.strictObject({ kind: z.literal('proxied'), source: IpAddress.nullable() }),
]);
export type RuleMethod = z.infer<typeof RuleMethod>;

export type MethodKind = ForwardingMethod['kind'];

/** DR and TUN: the real server answers the client itself, so the director never sees the reply. */
export function replyBypassesDirector(kind: MethodKind): boolean {
  return kind === 'dr' || kind === 'tun';
}
