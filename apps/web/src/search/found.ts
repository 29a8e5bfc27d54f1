// What a person finds by name, address, port or protocol: what pages ask for and get. No server code.
import { Id } from '@weir/model';
import { z } from 'zod';

export const foundMax = 50;

export const FoundKind = z.enum(['cluster', 'service', 'realServer', 'director']);
export type FoundKind = z.infer<typeof FoundKind>;

export const SearchInput = z.strictObject({
  text: z.string().trim().min(1).max(200),
  /** Empty: of every kind. */
  kinds: z.array(FoundKind).max(FoundKind.options.length).default([]),
  limit: z.int().min(1).max(foundMax).default(foundMax),
});
export type SearchInput = z.infer<typeof SearchInput>;

/** As the wanted revision has it; of a director as it is enrolled. What does not apply is null. */
export const Found = z.strictObject({
  kind: FoundKind,
  name: z.string(),
  /** `tcp 10.0.0.1:80` of a service, `10.0.0.2:80` of a real server, host name or address of a director. */
  address: z.string().nullable(),
  clusterId: Id.nullable(),
  clusterName: z.string().nullable(),
  serviceId: Id.nullable(),
  serviceName: z.string().nullable(),
  realServerId: Id.nullable(),
  directorId: Id.nullable(),
});
export type Found = z.infer<typeof Found>;

export const SearchAnswer = z.strictObject({
  /** What fits best first. */
  found: z.array(Found).max(foundMax),
  /** How many fit besides. */
  more: z.int().min(0),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
