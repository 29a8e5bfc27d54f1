// Route netlink: a connection to it, and what its requests have in common (linux/rtnetlink.h).
import { Connection } from '../connection.ts';
import type { ConnectionOptions } from '../connection.ts';
import { malformed } from '../error.ts';
import { loadLibc } from '../libc.ts';
import type { Message } from '../message.ts';
import { openSocket } from '../socket.ts';

export const NETLINK_ROUTE = 0;

export async function openRouteConnection(options: Partial<ConnectionOptions> = {}): Promise<Connection> {
  const libc = await loadLibc();
  return new Connection(() => openSocket(libc, NETLINK_ROUTE), options);
}

/** Where the attributes begin, behind the header that each kind of message has of its own. */
export function behindHeader({ start, end }: Message, length: number, name: string): number {
  if (end - start < length) throw malformed(name, `has ${end - start} bytes instead of at least ${length}`);
  return start + length;
}
