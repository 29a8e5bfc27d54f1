// A draft as it is kept: shaped like a definition, while what a person types into it may still be anything.
import { z } from 'zod';
import { ClusterDefinition, ClusterDirector, Persistence, RealServer, ServiceMatch, Vip, VirtualService } from '../definition/definition.ts';
import { ForwardingMethod } from '../definition/forwarding.ts';

/** Longer is no name, address or number that somebody is about to finish. */
const Text = z.string().max(1_000);

/** JSON has no number that is none: it is null there. */
const MaybeNumber = z.union([z.number(), z.nan(), z.null().transform(() => Number.NaN)]);

const AddressMatch = z.strictObject({ ...ServiceMatch.options[0].shape, vip: Text, port: MaybeNumber });
const MarkMatch = z.strictObject({ ...ServiceMatch.options[1].shape, mark: MaybeNumber, vips: z.array(Text).max(256), ports: z.array(MaybeNumber).max(256) });

const Tunnel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ipip') }),
  z.strictObject({ type: z.literal('gue'), port: MaybeNumber, checksum: z.enum(['none', 'csum', 'remcsum']) }),
  z.strictObject({ type: z.literal('gre'), checksum: z.enum(['none', 'csum']) }),
]);
const Method = z.union([z.strictObject({ kind: z.literal('tun'), tunnel: Tunnel }), ForwardingMethod]);

const DraftRealServer = RealServer.extend({
  name: Text, rip: Text, port: MaybeNumber, weight: MaybeNumber, method: Method, thresholds: z.strictObject({ upper: MaybeNumber, lower: MaybeNumber }),
});

const DraftService = VirtualService.extend({
  name: Text, match: z.discriminatedUnion('kind', [AddressMatch, MarkMatch]), realServers: z.array(DraftRealServer).max(10_000),
  persistence: Persistence.extend({ timeoutSeconds: MaybeNumber, prefixLength: MaybeNumber }).nullable(),
});

const DraftDirector = ClusterDirector.extend({ dip: z.strictObject({ ipv4: Text.nullable(), ipv6: Text.nullable() }) });

/** Its type is a definition's, so that whatever shows or edits one shows and edits a draft. */
export const DraftDefinition = ClusterDefinition.extend({
  name: Text,
  directors: z.array(DraftDirector).max(64),
  vips: z.array(Vip.extend({ address: Text })).max(4_096),
  services: z.array(DraftService).max(10_000),
});

export const DraftValues = z.strictObject({ definition: DraftDefinition, reason: z.string().max(4_000) });
export type DraftValues = z.infer<typeof DraftValues>;
