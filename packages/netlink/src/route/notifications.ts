// Tells when interfaces, addresses or neighbours of this host change. What changed is read anew: a notification may be lost, its cause not.
import { loadLibc } from '../libc.ts';
import { NetlinkError } from '../error.ts';
import { openSocket } from '../socket.ts';
import { NETLINK_ROUTE } from './connection.ts';

/** linux/rtnetlink.h, RTMGRP_* */
const groups = { links: 0x1, neighbours: 0x4, addresses: 0x10 | 0x100 } as const;
export type RouteSubject = keyof typeof groups;

/** Notifications that are taken in one turn of the event loop. */
const MOST_AT_ONCE = 64;

export interface Watching {
  stop(): void;
}

/** `onFailure`: the socket is closed and nothing more is told. */
export async function watchRoutes(
  subjects: readonly RouteSubject[], onChange: () => void, onFailure: (error: NetlinkError) => void,
): Promise<Watching> {
  const libc = await loadLibc();
  const socket = openSocket(libc, NETLINK_ROUTE, subjects.reduce((bits, subject) => bits | groups[subject], 0));
  let unwatch: (() => void) | null = null;
  const stop = (): void => {
    unwatch?.();
    unwatch = null;
    socket.close();
  };
  const drain = (): void => {
    try {
      for (let count = 0; count < MOST_AT_ONCE && socket.receive() !== null; count += 1);
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      // Notifications were lost, and that is one: something changed.
      if (error.errno !== 'ENOBUFS') {
        stop();
        onFailure(error);
        return;
      }
    }
    onChange();
  };
  unwatch = libc.watch(socket.fd, drain);
  return { stop };
}
