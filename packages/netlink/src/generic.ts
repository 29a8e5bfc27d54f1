// Generic netlink: families by name, and messages of a family (linux/genetlink.h).
import type { ByteWriter } from './byte-writer.ts';
import { text, u16 } from './attribute/codec.ts';
import { AttributeTable, required } from './attribute/table.ts';
import type { Connection, Request } from './connection.ts';
import { malformed } from './error.ts';
import type { Message } from './message.ts';

export const NETLINK_GENERIC = 16;

const GENL_ID_CTRL = 16;
const CTRL_CMD_GETFAMILY = 3;
/** GENL_NAMSIZ with its NUL is 16. */
const NAME_LENGTH = 15;
/** genlmsghdr: u8 command, u8 version, u16 reserved. */
const HEADER = 4;

const family = new AttributeTable('family', { id: required(1, u16), name: required(2, text(NAME_LENGTH)) });

export interface GenericFamily {
  readonly name: string;
  readonly id: number;
}

export interface GenericCommand {
  readonly operation: string;
  readonly command: number;
  /** Its attributes. */
  write(writer: ByteWriter): void;
}

/** A class, not closures: a batch has many of them. */
export class GenericRequest implements Request {
  readonly type: number;
  readonly object: string;
  readonly #version: number;
  readonly #command: GenericCommand;

  constructor({ id, version }: Pick<GenericFamily, 'id'> & { readonly version: number }, command: GenericCommand, object: string) {
    this.type = id;
    this.object = object;
    this.#version = version;
    this.#command = command;
  }

  get operation(): string {
    return this.#command.operation;
  }

  write(writer: ByteWriter): void {
    writer.u8(this.#command.command);
    writer.u8(this.#version);
    writer.u16(0);
    this.#command.write(writer);
  }
}

/** The attributes of a generic message. */
export function genericBody({ bytes, start, end }: Message): { readonly command: number; readonly start: number } {
  if (end - start < HEADER) throw malformed('generic message', `has ${end - start} bytes instead of ${HEADER}`);
  return { command: bytes[start] ?? 0, start: start + HEADER };
}

/** Asks for a family; the kernel may load its module for that. Throws ENOENT where there is none. */
export function resolveFamily(connection: Connection, name: string): GenericFamily {
  const [found] = connection.request(
    new GenericRequest(
      { id: GENL_ID_CTRL, version: 1 }, { operation: 'resolve', command: CTRL_CMD_GETFAMILY, write: (writer) => family.write(writer, { name }) },
      `family ${name}`),
    (message) => family.read(message.bytes, genericBody(message).start, message.end),
  );
  if (found === undefined || found.name !== name) throw malformed(`family ${name}`, 'was not answered');
  return found;
}
