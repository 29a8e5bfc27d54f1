// Draining real servers on one director.
import { Drain, DrainId } from '@weir/model';
import { z } from 'zod';

export const DrainInput = z.strictObject({ drain: Drain });
export const EndDrainInput = z.strictObject({ drainId: DrainId });
