// What the kernel tells of each destination, read by hand into one object for all of them: there may be tens of thousands a second.
import { addressText, AttributeCursor, familyOfNumber, malformed, s32At } from '@weir/netlink';
import type { AttributeNames, Family } from '@weir/netlink';
import { FORWARD_MASK } from './family/constants.ts';
import { commandTable, destinationTable, stats64Table } from './family/tables.ts';
import { withoutStats64 } from './service.ts';
import type { Counters } from './service.ts';

/** IPVS_CMD_ATTR_DEST */
const DESTINATION = 2;
/** IPVS_DEST_ATTR_ADDR to _L_THRESH, which every destination has, and _ACTIVE_CONNS to _PERSIST_CONNS, which it has when it is told. */
const TOLD = 0b11_1111_1110;
/** IPVS_STATS_ATTR_CONNS to _OUTBYTES. The kernel's own rates behind them are not used. */
const COUNTED = 0b11_1110;

/** The kernel's addresses are unions of 16 bytes. */
const ADDRESS_WORDS = 4;
const IDENTITY_WORDS = ADDRESS_WORDS + 1;

/** The destination that was read last. */
export interface DestinationRow {
  /** Address, family and port as numbers: equal exactly where it is the same destination of a service. */
  readonly identity: Int32Array;
  readonly port: number;
  /** `forward` */
  readonly forward: number;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly active: number;
  readonly inactive: number;
  readonly persistent: number;
  readonly tunnelType: number;
  readonly tunnelPort: number;
  readonly tunnelFlags: number;
  address(ofService: Family): string;
  /** `destinationName` */
  name(ofService: Family): string;
  counters(): Counters;
}

export class DestinationReader implements DestinationRow {
  readonly identity = new Int32Array(IDENTITY_WORDS);
  port = 0;
  forward = 0;
  weight = 0;
  upperThreshold = 0;
  lowerThreshold = 0;
  active = 0;
  inactive = 0;
  persistent = 0;
  tunnelType = 0;
  tunnelPort = 0;
  tunnelFlags = 0;
  readonly #top = new AttributeCursor(commandTable);
  readonly #own = new AttributeCursor(destinationTable);
  readonly #stats = new AttributeCursor(stats64Table);
  #bytes: Uint8Array = new Uint8Array();
  #addressStart = 0;
  #addressEnd = 0;
  /** 0 where it is not told: that of the service. */
  #family = 0;
  #statsStart = 0;
  #statsEnd = 0;

  /** From the attributes of a message. */
  read(bytes: Uint8Array, start: number, end: number): void {
    const top = this.#top;
    top.open(bytes, start, end);
    do {
      if (!top.next()) throw malformed('answer', 'has no destination');
    } while (top.number !== DESTINATION);
    this.#clear(bytes);
    const seen = this.#readOwn(top.start, top.end);
    if ((seen & TOLD) !== TOLD) throw missing(destinationTable, TOLD & ~seen);
    this.#identify();
  }

  address(ofService: Family): string {
    return addressText(this.#familyOr(ofService), this.#bytes, this.#addressStart, this.#addressEnd);
  }

  name(ofService: Family): string {
    const address = this.address(ofService);
    return this.#familyOr(ofService) === 'ipv6' ? `[${address}]:${this.port}` : `${address}:${this.port}`;
  }

  /** IPVS_DEST_ATTR_STATS64 */
  counters(): Counters {
    if (this.#statsEnd === 0) throw withoutStats64('destination');
    let connections = 0n;
    let packetsIn = 0n;
    let packetsOut = 0n;
    let bytesIn = 0n;
    let bytesOut = 0n;
    let seen = 0;
    const stats = this.#stats;
    stats.open(this.#bytes, this.#statsStart, this.#statsEnd);
    while (seen !== COUNTED && stats.next()) {
      switch (stats.number) {
        case 1: connections = stats.u64(); break;
        case 2: packetsIn = stats.u64(); break;
        case 3: packetsOut = stats.u64(); break;
        case 4: bytesIn = stats.u64(); break;
        case 5: bytesOut = stats.u64(); break;
        default: continue;
      }
      seen |= 1 << stats.number;
    }
    if (seen !== COUNTED) throw missing(stats64Table, COUNTED & ~seen);
    return { connections, packetsIn, packetsOut, bytesIn, bytesOut };
  }

  /** The numbers are those of `destinationTable`. Gives those that it saw, as bits. */
  #readOwn(start: number, end: number): number {
    let seen = 0;
    const own = this.#own;
    own.open(this.#bytes, start, end);
    while (own.next()) {
      switch (own.number) {
        case 1: this.#addressStart = own.binary(4, ADDRESS_WORDS * 4); this.#addressEnd = own.end; break;
        case 2: this.port = own.be16(); break;
        case 3: this.forward = own.u32() & FORWARD_MASK; break;
        case 4: this.weight = own.s32(); break;
        case 5: this.upperThreshold = own.u32(); break;
        case 6: this.lowerThreshold = own.u32(); break;
        case 7: this.active = own.u32(); break;
        case 8: this.inactive = own.u32(); break;
        case 9: this.persistent = own.u32(); break;
        case 11: this.#family = own.u16(); break;
        case 12: this.#statsStart = own.start; this.#statsEnd = own.end; break;
        case 13: this.tunnelType = own.u8(); break;
        case 14: this.tunnelPort = own.be16(); break;
        case 15: this.tunnelFlags = own.u16(); break;
        default: continue;
      }
      seen |= 1 << own.number;
    }
    return seen;
  }

  #identify(): void {
    const { identity } = this;
    for (let word = 0; word < ADDRESS_WORDS; word += 1) {
      const at = this.#addressStart + word * 4;
      identity[word] = at + 4 <= this.#addressEnd ? s32At(this.#bytes, at) : 0;
    }
    identity[ADDRESS_WORDS] = this.#family << 16 | this.port;
  }

  /** What need not be told. */
  #clear(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#family = 0;
    this.tunnelType = 0;
    this.tunnelPort = 0;
    this.tunnelFlags = 0;
    this.#statsStart = 0;
    this.#statsEnd = 0;
  }

  #familyOr(ofService: Family): Family {
    return this.#family === 0 ? ofService : familyOfNumber(this.#family);
  }
}

/** The first of these bits. */
function missing(names: AttributeNames, bits: number): Error {
  return malformed(`${names.name}.${names.nameOf(31 - Math.clz32(bits & -bits))}`, 'is missing');
}
