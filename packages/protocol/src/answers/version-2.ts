// What version 2 said otherwise, and how it becomes today's.
import { z } from 'zod';
import { DirectorState, Hello } from '../director.ts';
import { StateEvent, StreamEvent, Tick } from '../tick.ts';

/** It asks nothing of real servers. */
export const Hello2 = Hello.omit({ health: true }).transform((hello): Hello => ({ ...hello, health: null }));

/** It drains nothing by itself. */
export const DirectorState2 = DirectorState.omit({ drains: true }).transform((state): DirectorState => ({ ...state, drains: null }));

export const StreamEvent2: z.ZodType<StreamEvent> = z.discriminatedUnion('kind', [Tick, StateEvent.extend({ state: DirectorState2 })]);
