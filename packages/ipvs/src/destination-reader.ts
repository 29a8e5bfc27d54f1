// What the kernel tells of each destination, read into one object for all of them: there may be tens of thousands a second.
import { addressText, be16At, familyOfNumber, s32At, u16At, u64At } from '@weir/netlink';
import type { Family } from '@weir/netlink';
import { FORWARD_MASK } from './family/constants.ts';
import { commandTable, destinationTable, stats64Table } from './family/tables.ts';
import { withoutStats64 } from './service.ts';
import type { Counters } from './service.ts';

const { destination } = commandTable.numbers;
const own = destinationTable.numbers;
const counted = stats64Table.numbers;

/** The kernel's addresses are unions of 16 bytes. */
const ADDRESS_WORDS = 4;
const IDENTITY_WORDS = ADDRESS_WORDS + 1;
/** The destination that was read last. */
export interface DestinationRow {
  /** Address, family and port as numbers: equal exactly where it is the same destination of a service. The next one's as soon as that is asked. */
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
  /** Whether these words are those of a destination of which nothing differs: no setting, no count, no rate. */
  isLike(words: Int32Array): boolean;
  /** Into the given ones where they are as many. */
  words(into: Int32Array | null): Int32Array;
}

export class DestinationReader implements DestinationRow {
  readonly #identity = new Int32Array(IDENTITY_WORDS);
  readonly #top = commandTable.places('destination');
  readonly #own = destinationTable.places('activeConnections', 'inactiveConnections', 'persistentConnections');
  readonly #stats = stats64Table.places();
  #bytes: Uint8Array = new Uint8Array();
  /** The same, and more around it. */
  #words: Int32Array = new Int32Array();
  #firstWord = 0;
  /** Of the value of the attribute DEST. */
  #start = 0;
  #length = 0;

  /** From the attributes of a message. */
  read(bytes: Uint8Array, start: number, end: number): void {
    const { starts, ends } = this.#top;
    this.#top.find(bytes, start, end);
    this.#bytes = bytes;
    this.#start = start + (starts[destination] ?? 0);
    this.#length = start + (ends[destination] ?? 0) - this.#start;
    this.#own.find(bytes, this.#start, this.#start + this.#length);
    // Netlink aligns all that it has to four bytes.
    if (this.#words.buffer !== bytes.buffer) this.#words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >>> 2);
    this.#firstWord = bytes.byteOffset + this.#start >>> 2;
  }

  get identity(): Int32Array {
    const identity = this.#identity;
    const first = this.#at(own.address);
    const last = this.#end(own.address) - 4;
    for (let word = 0; word < ADDRESS_WORDS; word += 1) {
      const at = first + word * 4;
      identity[word] = at <= last ? s32At(this.#bytes, at) : 0;
    }
    identity[ADDRESS_WORDS] = this.#family << 16 | this.port;
    return identity;
  }

  get port(): number {
    return be16At(this.#bytes, this.#at(own.port));
  }

  get forward(): number {
    return s32At(this.#bytes, this.#at(own.forward)) & FORWARD_MASK;
  }

  get weight(): number {
    return s32At(this.#bytes, this.#at(own.weight));
  }

  get upperThreshold(): number {
    return this.#u32(own.upperThreshold);
  }

  get lowerThreshold(): number {
    return this.#u32(own.lowerThreshold);
  }

  get active(): number {
    return this.#u32(own.activeConnections);
  }

  get inactive(): number {
    return this.#u32(own.inactiveConnections);
  }

  get persistent(): number {
    return this.#u32(own.persistentConnections);
  }

  get tunnelType(): number {
    return this.#has(own.tunnelType) ? this.#bytes[this.#at(own.tunnelType)] ?? 0 : 0;
  }

  get tunnelPort(): number {
    return this.#has(own.tunnelPort) ? be16At(this.#bytes, this.#at(own.tunnelPort)) : 0;
  }

  get tunnelFlags(): number {
    return this.#has(own.tunnelFlags) ? u16At(this.#bytes, this.#at(own.tunnelFlags)) : 0;
  }

  address(ofService: Family): string {
    return addressText(this.#familyOr(ofService), this.#bytes, this.#at(own.address), this.#end(own.address));
  }

  name(ofService: Family): string {
    const address = this.address(ofService);
    return this.#familyOr(ofService) === 'ipv6' ? `[${address}]:${this.port}` : `${address}:${this.port}`;
  }

  isLike(words: Int32Array): boolean {
    const all = this.#words;
    const first = this.#firstWord;
    if (words.length !== this.#length >>> 2) return false;
    for (let at = 0; at < words.length; at += 1) if (words[at] !== all[first + at]) return false;
    return true;
  }

  words(into: Int32Array | null): Int32Array {
    const words = into?.length === this.#length >>> 2 ? into : new Int32Array(this.#length >>> 2);
    for (let at = 0; at < words.length; at += 1) words[at] = this.#words[this.#firstWord + at] ?? 0;
    return words;
  }

  counters(): Counters {
    const bytes = this.#bytes;
    const { starts } = this.#stats;
    const start = this.#findStats();
    return {
      connections: u64At(bytes, start + (starts[counted.connections] ?? 0)),
      packetsIn: u64At(bytes, start + (starts[counted.packetsIn] ?? 0)),
      packetsOut: u64At(bytes, start + (starts[counted.packetsOut] ?? 0)),
      bytesIn: u64At(bytes, start + (starts[counted.bytesIn] ?? 0)),
      bytesOut: u64At(bytes, start + (starts[counted.bytesOut] ?? 0)),
    };
  }

  /** Gives where they begin. */
  #findStats(): number {
    if (!this.#has(own.stats64)) throw withoutStats64('destination');
    const start = this.#at(own.stats64);
    this.#stats.find(this.#bytes, start, this.#end(own.stats64));
    return start;
  }

  /** 0 where it is not told: that of the service. */
  get #family(): number {
    return this.#has(own.family) ? u16At(this.#bytes, this.#at(own.family)) : 0;
  }

  #familyOr(ofService: Family): Family {
    const family = this.#family;
    return family === 0 ? ofService : familyOfNumber(family);
  }

  #u32(number: number): number {
    return s32At(this.#bytes, this.#at(number)) >>> 0;
  }

  #has(number: number): boolean {
    return this.#own.starts[number] !== 0;
  }

  /** Where the value of an attribute begins that is there. */
  #at(number: number): number {
    return this.#start + (this.#own.starts[number] ?? 0);
  }

  #end(number: number): number {
    return this.#start + (this.#own.ends[number] ?? 0);
  }
}
