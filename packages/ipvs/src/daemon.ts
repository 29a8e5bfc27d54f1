// The daemon that sends connections to another director, or takes them in.
import { addressText } from '@weir/netlink';
import type { Part, Row } from '@weir/netlink';
import { daemonState } from './family/constants.ts';
import type { daemonTable } from './family/tables.ts';

export type DaemonRole = keyof typeof daemonState;

export interface Daemon {
  readonly role: DaemonRole;
  readonly interfaceName: string;
  readonly syncId: number;
  /** Null: what the kernel chose is not told. */
  readonly group: string | null;
  readonly port: number | null;
  readonly ttl: number | null;
  readonly longestMessageBytes: number | null;
}

export interface DaemonStart {
  readonly role: DaemonRole;
  readonly interfaceName: string;
  /** 0 to 255 */
  readonly syncId: number;
}

export function daemonPart({ role, interfaceName, syncId }: DaemonStart): Part<typeof daemonTable> {
  return { state: daemonState[role], interfaceName, syncId };
}

/** Null for a state that is neither: there is no daemon. */
export function daemonOf(row: Row<typeof daemonTable>): Daemon | null {
  const role = row.state === daemonState.master ? 'master' : row.state === daemonState.backup ? 'backup' : null;
  if (role === null) return null;
  const group = row.group === undefined ? null : addressText('ipv4', row.group);
  return {
    role, interfaceName: row.interfaceName, syncId: row.syncId,
    group: row.group6 === undefined ? group : addressText('ipv6', row.group6),
    port: row.port ?? null, ttl: row.ttl ?? null, longestMessageBytes: row.longestMessageBytes ?? null,
  };
}
