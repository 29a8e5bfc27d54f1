// Tells the link that a VIP is here now. Neighbours keep the old hardware address until they hear it; one frame may be lost.
import { announcement, NetlinkError, sendFrame } from '@weir/netlink';
import type { Frame, Link } from '@weir/netlink';
import type { IpAddress } from '@weir/model';
import type { Logger } from 'pino';

/** Behind the first: some soon, and again when a switch that was just learning, or a busy neighbour, has had its time. */
const AGAIN_AFTER_MS = [50, 100, 1_000, 5_000] as const;

export class Announcer {
  readonly #log: Logger;
  readonly #waiting = new Map<IpAddress, NodeJS.Timeout[]>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Says whether the link was told, or is one that need not be. */
  announce(vip: IpAddress, link: Link): Promise<boolean> {
    this.forget(vip);
    const { hardwareAddress, arp } = link;
    if (!arp || hardwareAddress === null) return Promise.resolve(true);
    const frame = announcement(vip, hardwareAddress);
    this.#waiting.set(vip, AGAIN_AFTER_MS.map((ms) => setTimeout(() => void this.#send(vip, frame, link), ms)));
    return this.#send(vip, frame, link);
  }

  /** It is not here any more: what was still to be said would be untrue. */
  forget(vip: IpAddress): void {
    for (const timer of this.#waiting.get(vip) ?? []) clearTimeout(timer);
    this.#waiting.delete(vip);
  }

  stop(): void {
    for (const vip of this.#waiting.keys()) this.forget(vip);
  }

  async #send(vip: IpAddress, frame: Frame, { index, name }: Link): Promise<boolean> {
    try {
      await sendFrame(frame, index);
      return true;
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.#log.warn({ err: error, vip, interface: name }, 'the VIP could not be announced');
      return false;
    }
  }
}
