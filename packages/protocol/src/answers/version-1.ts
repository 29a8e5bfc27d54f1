// What version 1 said otherwise, and how it becomes today's.
import { Connection, ConnectionList, CONNECTIONS_MAX, IpAddress, Port } from '@weir/model';
import { z } from 'zod';
import { ApplyReport, ApplyStatus } from '../change.ts';
import { DirectorState } from '../director.ts';
import { CountersTuple, KeyText, RealServerTuples, StateEvent, StreamEvent, Tick } from '../tick.ts';

/** key, counters, real servers: it does not say whom a service refused. */
const ServiceTuple1 = z.tuple([KeyText, CountersTuple, RealServerTuples])
  .transform(([key, counters, realServers]): Tick['services'][number] => [key, counters, realServers, null]);

const Tick1 = Tick.extend({ services: z.array(ServiceTuple1).max(10_000) });

/** It leaves its host alone, and waits for nobody to confirm a change. */
export const DirectorState1 = DirectorState.omit({ host: true, unconfirmed: true })
  .transform((state): DirectorState => ({ ...state, host: null, unconfirmed: [] }));

export const ApplyStatus1: z.ZodType<ApplyStatus> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running') }),
  z.strictObject({ kind: z.literal('report'), report: ApplyReport }),
  z.strictObject({ kind: z.literal('unknown') }),
]).transform((status): ApplyStatus => (status.kind === 'report' ? { ...status, confirmation: null } : status));

export const StreamEvent1: z.ZodType<StreamEvent> = z.discriminatedUnion('kind', [Tick1, StateEvent.extend({ state: DirectorState1 })]);

/** It neither says where a connection comes from nor lists templates. */
const Connection1 = Connection.omit({ mark: true, origin: true, template: true }).extend({ vip: IpAddress, virtualPort: Port })
  .transform((connection): Connection => ({ ...connection, mark: null, origin: null, template: false }));

/** It counts all connections, and none by state. */
export const ConnectionList1 = z.strictObject({
  entries: z.array(Connection1).max(CONNECTIONS_MAX), total: z.int().min(0), measuredAtMs: ConnectionList.shape.measuredAtMs,
}).transform((list): ConnectionList => ({ ...list, states: null, templates: null, sample: null, unreadable: 0 }));
