// What the kernel's IPVS has beside its table of rules: settings, timeouts, and the daemons that tell other directors of connections.
import { z } from 'zod';
import { IpAddress, Port } from '../definition/address.ts';
import { line } from '../definition/text.ts';
import { InterfaceName } from '../host/host.ts';

/** A file of /proc/sys/net/ipv4/vs; what stands between its numbers is one blank. Null: it can only be written. */
export const KernelSetting = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,64}$/),
  value: z.string().max(256).regex(/^\P{Cc}*$/u).nullable(),
});
export type KernelSetting = z.infer<typeof KernelSetting>;

const Seconds = z.int().min(0).max(4_294_967_295);

/** Null is what the kernel does not say. */
export const SyncDaemon = z.strictObject({
  role: z.enum(['master', 'backup']),
  interface: InterfaceName,
  syncId: z.int().min(0).max(4_294_967_295),
  group: IpAddress.nullable(),
  port: Port.nullable(),
  ttl: z.int().min(0).max(255).nullable(),
  longestMessageBytes: z.int().min(0).max(65_535).nullable(),
});
export type SyncDaemon = z.infer<typeof SyncDaemon>;

export const KernelState = z.strictObject({
  /** `1.2.1` */
  version: line(32),
  /** How many lists the connections are kept in; connections may be more. */
  connectionTableSize: z.int().min(0).max(4_294_967_295),
  timeouts: z.strictObject({ tcpSeconds: Seconds, tcpFinSeconds: Seconds, udpSeconds: Seconds }),
  /** All that this kernel has, in the order of their names; also such as Weir has no words for. */
  schedulers: z.array(line(64)).max(200),
  settings: z.array(KernelSetting).max(200),
  /** One of each role at most. */
  daemons: z.array(SyncDaemon).max(2),
});
export type KernelState = z.infer<typeof KernelState>;
