// Health of real servers, as a director tells of it.
import { Probe } from '@weir/model';
import { z } from 'zod';

const ProbeTypeName = z.enum(Probe.options.map(({ shape }) => shape.type.value));

/** What a director can ask with, and what is in its folder of scripts. */
export const HealthAbilities = z.strictObject({
  probes: z.array(ProbeTypeName).max(64),
  /** `refusedBecause`: why it is not run. */
  scripts: z.array(z.strictObject({
    file: z.string().min(1).max(255), refusedBecause: z.enum(['notRoot', 'writable', 'notExecutable', 'notAFile']).nullable(),
  })).max(1_000),
});
export type HealthAbilities = z.infer<typeof HealthAbilities>;
