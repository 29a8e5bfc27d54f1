// Where a sample server listens or a load goes: an IP address and a port, read from text or JSON.
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

export const endpointSchema = z.strictObject({
  address: z.string().refine((text) => isIP(text) !== 0, 'is not an IP address'),
  port: z.int().min(1).max(65_535),
});

export type Endpoint = z.infer<typeof endpointSchema>;

/** "127.0.8.20:8080" or "[::1]:8080". */
export function parseEndpoint(text: string): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const parsed = endpointSchema.safeParse({ address: match?.[1] ?? match?.[2], port: Number(match?.[3]) });
  if (!parsed.success) throw new Error(`"${text}" is not ADDRESS:PORT, such as 127.0.8.20:8080.`);
  return parsed.data;
}

export function formatEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export function isLoopback(address: string): boolean {
  return loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
