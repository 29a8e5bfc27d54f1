// What alerts watch: one rule of each kind.
import { z } from 'zod';

export const AlertRuleKind = z.enum(['realServerDown', 'belowQuorum', 'directorSilent', 'drift', 'applyFailed', 'certificateEnding', 'checkerLate']);
export type AlertRuleKind = z.infer<typeof AlertRuleKind>;
