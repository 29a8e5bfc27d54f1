// Tells the link that a VIP is here now. Neighbours keep the old hardware address until they hear it; one frame may be lost.
import { announcement, NetlinkError, sendFrame } from '@weir/netlink';
import type { Link } from '@weir/netlink';
import type { IpAddress } from '@weir/model';
import type { Logger } from 'pino';

/** Some at once, and again when a switch that was just learning, or a busy neighbour, has had its time. */
const AFTER_MS = [0, 50, 100, 1_000, 5_000] as const;

export class Announcer {
  readonly #log: Logger;
  readonly #waiting = new Map<IpAddress, NodeJS.Timeout[]>();

  constructor(log: Logger) {
    this.#log = log;
  }

  announce(vip: IpAddress, { index, name, hardwareAddress, arp }: Link): void {
    this.forget(vip);
    if (!arp || hardwareAddress === null) return;
    const frame = announcement(vip, hardwareAddress);
    this.#waiting.set(vip, AFTER_MS.map((ms) => setTimeout(() => {
      sendFrame(frame, index).catch((error: unknown) => {
        if (!(error instanceof NetlinkError)) throw error;
        this.#log.warn({ err: error, vip, interface: name }, 'the VIP could not be announced');
      });
    }, ms)));
  }

  /** It is not here any more: what was still to be said would be untrue. */
  forget(vip: IpAddress): void {
    for (const timer of this.#waiting.get(vip) ?? []) clearTimeout(timer);
    this.#waiting.delete(vip);
  }

  stop(): void {
    for (const vip of this.#waiting.keys()) this.forget(vip);
  }
}
