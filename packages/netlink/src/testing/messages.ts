// Messages as the kernel sends them.
import { ByteWriter } from '../byte-writer.ts';
import { beginMessage, endMessage, NLMSG_DONE, NLMSG_ERROR } from '../message.ts';

/** Bytes from text like `01 00 0a…`; blanks and line ends mean nothing. */
export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

function message(type: number, flags: number, sequence: number, body: (writer: ByteWriter) => void): Buffer {
  const writer = new ByteWriter();
  const at = beginMessage(writer, type, flags, sequence);
  body(writer);
  endMessage(writer, at);
  return Buffer.from(writer.written);
}

/** Error 0 acknowledges. As with NETLINK_CAP_ACK: the request's header, not its body. */
export function acknowledgement(sequence: number, errno = 0): Buffer {
  return message(NLMSG_ERROR, 0x100, sequence, (writer) => {
    writer.u32(-errno);
    writer.zeros(16);
  });
}

export function done(sequence: number, errno = 0, flags = 0): Buffer {
  return message(NLMSG_DONE, 2 | flags, sequence, (writer) => writer.u32(-errno));
}

export function reply(type: number, sequence: number, body: Uint8Array, flags = 0): Buffer {
  return message(type, flags, sequence, (writer) => writer.bytes(body));
}
