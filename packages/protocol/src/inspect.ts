// What is on a director beside what Weir makes there: rules of others, and what the kernel is set to. And counters that begin anew.
import { ForeignRules, Id, KernelState } from '@weir/model';
import { z } from 'zod';

/** `kernel`: null where the forwarder is not the kernel's. */
export const Inspection = z.strictObject({ foreign: ForeignRules, kernel: KernelState.nullable(), readAtMs: z.int().min(0) });
export type Inspection = z.infer<typeof Inspection>;

/** The counters of one service that the director has accepted, or of everything that it forwards, what is foreign included. */
export const ZeroInput = z.strictObject({ service: z.strictObject({ clusterId: Id, serviceId: Id }).nullable() });
export type ZeroInput = z.infer<typeof ZeroInput>;

export const Zeroed = z.strictObject({ zeroedAtMs: z.int().min(0) });
export type Zeroed = z.infer<typeof Zeroed>;
