// The schedulers of IPVS and the flags that each of them understands.
import { z } from 'zod';

/** In the order of the kernel's Kconfig; `sh` and `mh` alone have flags (ip_vs.h: IP_VS_SVC_F_SCHED1, IP_VS_SVC_F_SCHED2). */
export const SchedulerName = z.enum([
  'rr', 'wrr', 'lc', 'wlc', 'fo', 'ovf', 'lblc', 'lblcr', 'dh', 'sh', 'mh', 'sed', 'nq',
]);
export type SchedulerName = z.infer<typeof SchedulerName>;

const plain = SchedulerName.exclude(['sh', 'mh']);

export const Scheduler = z.discriminatedUnion('name', [
  z.strictObject({ name: plain }),
  z.strictObject({
    name: z.enum(['sh', 'mh']),
    /** Try the next real server where the hashed one is at weight 0 or overloaded. */
    fallback: z.boolean(),
    /** Hash the client's port too. */
    port: z.boolean(),
  }),
]);
export type Scheduler = z.infer<typeof Scheduler>;

/** rr, lc and dh know only weight 0 and not 0 (net/netfilter/ipvs/ip_vs_rr.c, ip_vs_lc.c, ip_vs_dh.c). */
export function usesWeights(scheduler: Scheduler): boolean {
  return scheduler.name !== 'rr' && scheduler.name !== 'lc' && scheduler.name !== 'dh';
}

/** dh, lblc and lblcr choose by the address that the client sent to (net/netfilter/ipvs/ip_vs_dh.c, ip_vs_lblc.c, ip_vs_lblcr.c). */
export function choosesByVip(scheduler: Scheduler): boolean {
  return scheduler.name === 'dh' || scheduler.name === 'lblc' || scheduler.name === 'lblcr';
}
