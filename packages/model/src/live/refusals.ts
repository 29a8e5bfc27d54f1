// Whom a forwarder turned away instead of serving, and why.
import { z } from 'zod';

/**
 * Why a TCP client was reset or a datagram dropped: nobody to serve it, or a bound. `queueFull`: it had a real server, but more datagrams
 * waited for the network than may.
 */
export const RefusalReason = z.enum(['noRealServer', 'serviceFull', 'forwarderFull', 'sourceFull', 'templatesFull', 'queueFull']);
export type RefusalReason = z.infer<typeof RefusalReason>;

/** Counters that only grow, from when the service was added. */
export type Refusals = Readonly<Record<RefusalReason, bigint>>;

export const noRefusals: Refusals = { noRealServer: 0n, serviceFull: 0n, forwarderFull: 0n, sourceFull: 0n, templatesFull: 0n, queueFull: 0n };
