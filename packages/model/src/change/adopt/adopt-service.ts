// Whose a service of the forwarder is: one that others made becomes Weir's as it stands.
import { z } from 'zod';
import { ServiceAddress, ServiceRule } from '../../table/table.ts';

/** `found`: as it was then. The forwarder itself is not changed by it. */
export const AdoptService = z.strictObject({ kind: z.literal('adoptService'), service: ServiceAddress, found: ServiceRule });
export type AdoptService = z.infer<typeof AdoptService>;

export function isAdoption(operation: { readonly kind: string }): operation is AdoptService {
  return operation.kind === 'adoptService';
}
