// Reads tcpdump's pcap stream (draft-ietf-opsawg-pcap): the file header, then a header and the bytes of each packet.
const magicMicroseconds = 0xa1b2c3d4;
const fileHeaderBytes = 24;
const recordHeaderBytes = 16;
const linkTypeEthernet = 1;
const maxPacketBytes = 262_144;

export interface CapturedBytes {
  readonly atUs: bigint;
  /** As it was on the wire; the bytes may have been cut. */
  readonly lengthBytes: number;
  readonly bytes: Buffer;
}

export class PcapReader {
  #left = Buffer.alloc(0);
  #started = false;

  /** Throws on what is no pcap stream of Ethernet frames. */
  push(chunk: Uint8Array): CapturedBytes[] {
    this.#left = Buffer.concat([this.#left, chunk]);
    if (!this.#started && this.#left.length >= fileHeaderBytes) this.#readFileHeader();
    const packets: CapturedBytes[] = [];
    if (!this.#started) return packets;
    for (let packet = this.#nextPacket(); packet !== undefined; packet = this.#nextPacket()) packets.push(packet);
    return packets;
  }

  #readFileHeader(): void {
    const [magic, linkType] = [this.#left.readUInt32LE(0), this.#left.readUInt32LE(20)];
    if (magic !== magicMicroseconds) throw new Error(`not a pcap stream: it begins with ${magic.toString(16)}`);
    if (linkType !== linkTypeEthernet) throw new Error(`a pcap stream of link type ${linkType}, and only Ethernet (${linkTypeEthernet}) is read`);
    this.#left = this.#left.subarray(fileHeaderBytes);
    this.#started = true;
  }

  #nextPacket(): CapturedBytes | undefined {
    if (this.#left.length < recordHeaderBytes) return undefined;
    const [seconds, microseconds] = [this.#left.readUInt32LE(0), this.#left.readUInt32LE(4)];
    const [keptBytes, lengthBytes] = [this.#left.readUInt32LE(8), this.#left.readUInt32LE(12)];
    if (keptBytes > maxPacketBytes) throw new Error(`a captured packet of ${keptBytes} bytes, and ${maxPacketBytes} are the most`);
    const end = recordHeaderBytes + keptBytes;
    if (this.#left.length < end) return undefined;
    const bytes = Buffer.from(this.#left.subarray(recordHeaderBytes, end));
    this.#left = this.#left.subarray(end);
    return { atUs: BigInt(seconds) * 1_000_000n + BigInt(microseconds), lengthBytes, bytes };
  }
}
