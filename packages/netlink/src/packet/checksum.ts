// The checksum of IP and what stands on it: ones' complement of the ones' complement sum of 16-bit words (RFC 1071).
export function checksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const bytes of parts) for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] ?? 0) << 8 | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Of TCP, UDP and ICMPv6: over the addresses, too. Every part but the last has an even length. */
export function transportChecksum(source: Uint8Array, destination: Uint8Array, protocol: number, segment: Uint8Array): number {
  return checksum([source, destination, Uint8Array.of(0, 0, segment.length >> 8, segment.length & 0xff, 0, 0, 0, protocol), segment]);
}
