// What version 1 said otherwise, and how it becomes today's.
import { z } from 'zod';
import { DirectorState } from '../director.ts';
import { CountersTuple, KeyText, RealServerTuples, StateEvent, StreamEvent, Tick } from '../tick.ts';

/** key, counters, real servers: it does not say whom a service refused. */
const ServiceTuple1 = z.tuple([KeyText, CountersTuple, RealServerTuples])
  .transform(([key, counters, realServers]): Tick['services'][number] => [key, counters, realServers, null]);

const Tick1 = Tick.extend({ services: z.array(ServiceTuple1).max(10_000) });

/** It leaves its host alone. */
export const DirectorState1 = DirectorState.omit({ host: true }).transform((state): DirectorState => ({ ...state, host: null }));

export const StreamEvent1: z.ZodType<StreamEvent> = z.discriminatedUnion('kind', [Tick1, StateEvent.extend({ state: DirectorState1 })]);
