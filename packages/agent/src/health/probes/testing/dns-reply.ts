// Answers of a name server, written by hand: the other side of the codec shares nothing with it.
const POINTER_TO_QUESTION = [0xc0, 0x0c];

/** To a question as it came, with addresses of the name that was asked for. */
export function dnsReply(query: Buffer, addresses: readonly string[], code = 0): Buffer {
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) => Buffer.from([...POINTER_TO_QUESTION, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]));
  return Buffer.concat([header, query.subarray(12), ...records]);
}

export function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);
}
