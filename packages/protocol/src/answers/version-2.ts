// What version 2 said otherwise, and how it becomes today's.
import { ConnectionList } from '@weir/model';
import { z } from 'zod';
import { DirectorState, Hello } from '../director.ts';
import { StateEvent, StreamEvent, Tick } from '../tick.ts';

/** It asks nothing of real servers. */
export const Hello2 = Hello.omit({ health: true }).transform((hello): Hello => ({ ...hello, health: null }));

/** It drains nothing by itself. */
export const DirectorState2 = DirectorState.omit({ drains: true }).transform((state): DirectorState => ({ ...state, drains: null }));

/** It counts connections in no groups. */
export const ConnectionList2 = ConnectionList.omit({ groups: true }).transform((list): ConnectionList => ({ ...list, groups: null }));

export const StreamEvent2: z.ZodType<StreamEvent> = z.discriminatedUnion('kind', [Tick, StateEvent.extend({ state: DirectorState2 })]);
