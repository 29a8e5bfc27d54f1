// Reads a text of /proc from left to right, a field at a time. By hand: tables have tens of thousands of lines.
import { malformed } from '@weir/netlink';
import { addressOfHex, familyOfHex, ipv4OfNumber, portOfHex } from './hex-address.ts';

const NEWLINE = 10;
const BLANK = 32;
const ZERO = 48;
const COLON = 58;
const BRACKET = 91;
const ADDRESS_DIGITS = 8;
const PORT_DIGITS = 4;
const COUNT_DIGITS = 10;
const LARGEST_COUNT = 0xffff_ffff;

export interface ProcEndpoint {
  readonly address: string;
  readonly port: number;
}

/** -1 for what is no digit. */
function digitOf(code: number): number {
  if (code >= ZERO && code < ZERO + 10) return code - ZERO;
  // Bit 5 tells small letters from capitals.
  const letter = (code | 0x20) - 97;
  return letter >= 0 && letter < 6 ? 10 + letter : -1;
}

export class LineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  nextLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }

  /** Empty at the end of the line. */
  word(): string {
    const start = this.#skipBlanks();
    while (!this.#isBehindField()) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  count(name: string): number {
    const start = this.#skipBlanks();
    let number = 0;
    for (let digit = this.#decimal(); digit >= 0; digit = this.#decimal()) {
      number = number * 10 + digit;
      this.#at += 1;
    }
    const digits = this.#at - start;
    if (digits === 0 || digits > COUNT_DIGITS || number > LARGEST_COUNT || !this.#isBehindField()) throw this.#isNone(start, name, 'no count');
    return number;
  }

  /** `C0A808C8:0050`, `[fd00:…:0001]:0050` */
  endpoint(): ProcEndpoint {
    const start = this.#skipBlanks();
    if (this.#text.charCodeAt(start) === BRACKET) return this.#ipv6Endpoint();
    const address = this.#hex(ADDRESS_DIGITS);
    const isColon = this.#text.charCodeAt(this.#at) === COLON;
    this.#at += 1;
    const port = this.#hex(PORT_DIGITS);
    if (address < 0 || !isColon || port < 0 || !this.#isBehindField()) throw this.#isNone(start, 'endpoint', 'none');
    return { address: ipv4OfNumber(address), port };
  }

  #ipv6Endpoint(): ProcEndpoint {
    const start = this.#at;
    const word = this.word();
    const end = word.lastIndexOf(']:');
    const address = word.slice(1, Math.max(end, 1));
    if (familyOfHex(address) !== 'ipv6') throw this.#isNone(start, 'endpoint', 'none');
    return { address: addressOfHex(address), port: portOfHex(word.slice(end + 2)) };
  }

  /** -1 where there are not so many digits. */
  #hex(digits: number): number {
    let number = 0;
    for (const end = this.#at + digits; this.#at < end; this.#at += 1) {
      const digit = digitOf(this.#text.charCodeAt(this.#at));
      if (digit < 0) return -1;
      number = number * 16 + digit;
    }
    return number;
  }

  #decimal(): number {
    const digit = digitOf(this.#text.charCodeAt(this.#at));
    return digit < 10 ? digit : -1;
  }

  #isBehindField(): boolean {
    const code = this.#text.charCodeAt(this.#at);
    return code === BLANK || code === NEWLINE || Number.isNaN(code);
  }

  #skipBlanks(): number {
    while (this.#text.charCodeAt(this.#at) === BLANK) this.#at += 1;
    return this.#at;
  }

  #isNone(start: number, name: string, what: string): Error {
    this.#at = start;
    return malformed(name, `${JSON.stringify(this.word().slice(0, 64))} is ${what}`);
  }
}
