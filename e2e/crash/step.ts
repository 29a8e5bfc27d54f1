// The moments at which a part may be killed: a request has just been sent, or an apply has just been acknowledged.
import type { Kind } from './orders.ts';

export const steps = ['save', 'apply', 'carryOut', 'weight', 'quiesce', 'maintenance', 'end', 'keep'] as const satisfies readonly (Kind | 'carryOut')[];
export type Step = (typeof steps)[number];

export type OnStep = (step: Step) => void;
