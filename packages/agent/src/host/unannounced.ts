// VIPs that are on the host and, as far as is known, were never announced: the agent ended in between. Their links are asked first, for
// somebody else may have taken them over meanwhile; who does answer is told, and nothing is announced.
import type { ContestedVip, HostInterface } from '@weir/model';
import type { Link } from '@weir/netlink';
import type { Logger } from 'pino';
import type { Announcer } from './announcer.ts';
import type { HostLedger } from './ledger.ts';
import { askOwners, inGroups } from './owners.ts';
import type { VipPlace } from './owners.ts';

const ASK_AGAIN_MS = 30_000;

export interface UnannouncedParts {
  readonly ledger: HostLedger;
  readonly announcer: Announcer;
  readonly log: Logger;
  /** As of now, without a pause: what it says holds until the next one. */
  readonly look: () => { readonly links: readonly Link[]; readonly interfaces: readonly HostInterface[] };
}

export class Unannounced {
  readonly #parts: UnannouncedParts;
  #contested: readonly ContestedVip[] = [];
  #again: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(parts: UnannouncedParts) {
    this.#parts = parts;
  }

  /** Those that somebody else answers for, as of the last time of asking. */
  get contested(): readonly ContestedVip[] {
    return this.#contested;
  }

  /** Goes on until none is left. */
  async start(): Promise<void> {
    const isLeft = await this.#turn().catch((error: unknown) => {
      if (!this.#stopped) this.#parts.log.warn({ err: error }, 'VIPs that were put on before the agent ended could not be announced');
      return true;
    });
    if (isLeft && !this.#stopped) this.#again = setTimeout(() => void this.start(), ASK_AGAIN_MS).unref();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#again !== null) clearTimeout(this.#again);
  }

  /** Whether any are left. */
  async #turn(): Promise<boolean> {
    const contested: ContestedVip[] = [];
    for (const places of inGroups(this.#left())) contested.push(...await this.#announce(places));
    this.#contested = contested;
    return this.#left().length > 0;
  }

  #left(): VipPlace[] {
    const { ledger, look } = this.#parts;
    return look().interfaces.flatMap(({ name, up, addresses }) => (up ? addresses : [])
      .filter(({ address, byWeir }) => byWeir && !ledger.isAnnounced(address, name)).map(({ address }) => ({ vip: address, interface: name })));
  }

  /** What was taken off meanwhile is not Weir's any more, whoever puts it on next. */
  #isLeft({ vip, interface: name }: VipPlace): boolean {
    return this.#left().some((place) => place.vip === vip && place.interface === name);
  }

  async #announce(places: readonly VipPlace[]): Promise<ContestedVip[]> {
    const { ledger, look } = this.#parts;
    const owners = await askOwners(places, look().links);
    const contested: ContestedVip[] = [];
    const announced: VipPlace[] = [];
    for (const place of places) {
      const owner = await (owners.get(place.vip) ?? Promise.resolve(null));
      if (owner !== null) contested.push({ ...place, owner });
      else if (await this.#announceOne(place)) announced.push(place);
    }
    await ledger.markAnnounced(announced.filter((place) => this.#isLeft(place)));
    return contested;
  }

  /** Nothing of what was taken off while the link was asked. */
  #announceOne({ vip, interface: name }: VipPlace): Promise<boolean> {
    const { announcer, look } = this.#parts;
    const link = look().links.find((candidate) => candidate.name === name);
    return link !== undefined && !this.#stopped && this.#isLeft({ vip, interface: name }) ? announcer.announce(vip, link) : Promise.resolve(false);
  }
}
