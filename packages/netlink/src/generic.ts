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

/** What a message is made of behind its netlink header. */
export function writeGeneric(writer: ByteWriter, command: GenericCommand, version: number): void {
  writer.u16(version << 8 | command.command);
  writer.u16(0);
  command.write(writer);
}

export function genericRequest({ id, version }: Pick<GenericFamily, 'id'> & { readonly version: number }, command: GenericCommand, object: string): Request {
  return { operation: command.operation, object, type: id, write: (writer) => writeGeneric(writer, command, version) };
}

/** Where the attributes of a generic message begin. */
export function genericBody({ start, end }: Message): number {
  if (end - start < HEADER) throw malformed('generic message', `has ${end - start} bytes instead of ${HEADER}`);
  return start + HEADER;
}

/** Asks for a family; the kernel may load its module for that. Throws ENOENT where there is none. */
export function resolveFamily(connection: Connection, name: string): GenericFamily {
  const [found] = connection.request(
    genericRequest(
      { id: GENL_ID_CTRL, version: 1 }, { operation: 'resolve', command: CTRL_CMD_GETFAMILY, write: (writer) => family.write(writer, { name }) },
      `family ${name}`),
    (message) => family.read(message.bytes, genericBody(message), message.end),
  );
  if (found === undefined || found.name !== name) throw malformed(`family ${name}`, 'was not answered');
  return found;
}
