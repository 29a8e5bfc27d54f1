// A filter for packet sockets: of all that a host receives only TCP to some ports (linux/filter.h, classic BPF).
import { ByteWriter } from '../byte-writer.ts';
import type { Family } from '../address.ts';
import { TCP } from './segments.ts';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const LOAD_BYTE = 0x30;
const LOAD_HALF = 0x28;
const LOAD_HALF_BEHIND_X = 0x48;
/** X = 4 * (byte & 0xf): the length of an IPv4 header. */
const LOAD_X_HEADER = 0xb1;
const JUMP_EQUAL = 0x15;
const JUMP_ANY_BIT = 0x45;
const JUMP_NOT_LESS = 0x35;
const JUMP_GREATER = 0x25;
const RETURN = 0x06;
const ALL = 0x40000;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** What it sees begins with the header of IP. */
export function portFilter(family: Family, { first, last }: PortRange): Uint8Array {
  const port: readonly Instruction[] = [[JUMP_NOT_LESS, 0, 2, first], [JUMP_GREATER, 1, 0, last], [RETURN, 0, 0, ALL], [RETURN, 0, 0, 0]];
  const program: readonly Instruction[] = family === 'ipv6'
    ? [[LOAD_BYTE, 0, 0, 6], [JUMP_EQUAL, 0, 4, TCP], [LOAD_HALF, 0, 0, 42], ...port]
    // Of fragments only the first has ports; no answer to a SYN comes in fragments.
    : [[LOAD_BYTE, 0, 0, 9], [JUMP_EQUAL, 0, 7, TCP], [LOAD_HALF, 0, 0, 6], [JUMP_ANY_BIT, 5, 0, 0x3fff], [LOAD_X_HEADER, 0, 0, 0], [LOAD_HALF_BEHIND_X, 0, 0, 2], ...port];
  const writer = new ByteWriter();
  for (const [code, whenTrue, whenFalse, value] of program) {
    writer.u16(code);
    writer.u8(whenTrue);
    writer.u8(whenFalse);
    writer.u32(value);
  }
  return writer.written;
}
