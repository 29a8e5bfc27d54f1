// A draft as it is kept: shaped like a definition, while what a person types into it may still be anything.
import { z } from 'zod';
import { ClusterDefinition, ClusterDirector, Persistence, RealServer, ServiceMatch, Vip, VirtualService } from '../../definition/definition.ts';
import { DraftHealth } from './draft-health.ts';
import { MaybeNumber, Method, Text } from './typed.ts';

const AddressMatch = z.strictObject({ ...ServiceMatch.options[0].shape, vip: Text, port: MaybeNumber });
const MarkMatch = z.strictObject({ ...ServiceMatch.options[1].shape, mark: MaybeNumber, vips: z.array(Text).max(256), ports: z.array(MaybeNumber).max(256) });

const DraftRealServer = RealServer.extend({
  name: Text, rip: Text, port: MaybeNumber, weight: MaybeNumber, method: Method, thresholds: z.strictObject({ upper: MaybeNumber, lower: MaybeNumber }),
});

const DraftService = VirtualService.extend({
  name: Text, match: z.discriminatedUnion('kind', [AddressMatch, MarkMatch]), realServers: z.array(DraftRealServer).max(10_000),
  persistence: Persistence.extend({ timeoutSeconds: MaybeNumber, prefixLength: MaybeNumber }).nullable(),
  health: DraftHealth.optional(),
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
