// DNS messages: a question, and the records of an answer as `dig +short` writes them (RFC 1035, 2782, 3596). Every length is checked before it is believed.
import type { ProbeOf } from '@weir/model';

export type RecordType = ProbeOf<'dns'>['record'];

const TYPES: Readonly<Record<RecordType, number>> = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33 };
const NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name as RecordType]));
const CLASS_IN = 1;
const HEADER = 12;
const RECURSION_DESIRED = 0x0100;
const RESPONSE = 0x8000;
const TRUNCATED = 0x0200;
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED', 'YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'];
/** A name has at most 255 bytes, so at most 127 labels; pointers count too, or they could lead in a circle. */
const MOST_STEPS = 128;

export interface DnsAnswer {
  readonly id: number;
  /** `NOERROR`, `NXDOMAIN`. */
  readonly code: string;
  readonly isCut: boolean;
  readonly records: readonly { readonly type: RecordType; readonly text: string }[];
}

export function question(id: number, name: string, record: RecordType): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(RECURSION_DESIRED, 2);
  header.writeUInt16BE(1, 4);
  const labels = name.split('.').filter((label) => label !== '').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'latin1')]);
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, TYPES[record], 0, CLASS_IN])]);
}

class Malformed extends Error {}

/** As in a zone's file: dots and backslashes inside of a label are escaped, and what cannot be shown is its number. */
function labelText(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/[.\\"();@$]/g, '\\$&').replaceAll(/[^\x21-\x7e]/g, (byte) => `\\${byte.charCodeAt(0).toString().padStart(3, '0')}`);
}

class Reader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  u8(): number {
    return this.take(1).readUInt8();
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new Malformed('it ends too early');
    const part = this.#bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  name(): string {
    const labels: string[] = [];
    let goOnAt: number | null = null;
    let length = 0;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const byte = this.u8();
      if (byte === 0) {
        this.at = goOnAt ?? this.at;
        return `${labels.join('.')}.`;
      }
      if (byte >= 0xc0) {
        const elsewhere = (byte & 0x3f) << 8 | this.u8();
        goOnAt ??= this.at;
        this.at = elsewhere;
        continue;
      }
      if (byte > 63) throw new Malformed('a label is of no known kind');
      length += byte + 1;
      if (length > 254) throw new Malformed('a name is too long');
      labels.push(labelText(this.take(byte)));
    }
    throw new Malformed('a name does not end');
  }
}

function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(':');
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}

function txt(reader: Reader, end: number): string {
  const parts: string[] = [];
  while (reader.at < end) {
    const text = reader.take(reader.u8()).toString('latin1').replaceAll(/["\\]/g, '\\$&');
    parts.push(`"${text.replaceAll(/[^\x20-\x7e]/g, (byte) => `\\${byte.charCodeAt(0).toString().padStart(3, '0')}`)}"`);
  }
  return parts.join(' ');
}

const DATA: Readonly<Record<RecordType, (reader: Reader, end: number) => string>> = {
  A: (reader) => reader.take(4).join('.'),
  AAAA: (reader) => ipv6Text(reader.take(16)),
  NS: (reader) => reader.name(),
  CNAME: (reader) => reader.name(),
  PTR: (reader) => reader.name(),
  MX: (reader) => `${reader.u16()} ${reader.name()}`,
  SRV: (reader) => `${reader.u16()} ${reader.u16()} ${reader.u16()} ${reader.name()}`,
  SOA: (reader) => `${reader.name()} ${reader.name()} ${reader.u32()} ${reader.u32()} ${reader.u32()} ${reader.u32()} ${reader.u32()}`,
  TXT: txt,
};

function readRecords(reader: Reader, count: number, isCut: boolean): DnsAnswer['records'] {
  const records: { type: RecordType; text: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    try {
      reader.name();
      const type = NAMES.get(reader.u16());
      reader.take(6);
      const length = reader.u16();
      const end = reader.at + length;
      if (type === undefined) reader.take(length);
      else {
        records.push({ type, text: DATA[type](reader, end) });
        if (reader.at !== end) throw new Malformed(`a record of type ${type} is not as long as it says`);
      }
    } catch (error) {
      // Of a message that says that it is cut, what is whole counts.
      if (isCut && error instanceof Malformed) return records;
      throw error;
    }
  }
  return records;
}

function read(bytes: Buffer): DnsAnswer {
  const reader = new Reader(bytes);
  const [id, flags, questions, answers] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  if ((flags & RESPONSE) === 0) throw new Malformed('it is no answer');
  reader.take(4);
  for (let index = 0; index < questions; index += 1) {
    reader.name();
    reader.take(4);
  }
  const isCut = (flags & TRUNCATED) !== 0;
  return { id, isCut, code: CODES[flags & 0xf] ?? `code ${flags & 0xf}`, records: readRecords(reader, answers, isCut) };
}

/** A text where it is no answer: what is wrong with it. */
export function readAnswer(bytes: Buffer): DnsAnswer | string {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}
