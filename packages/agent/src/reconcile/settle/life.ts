// Which life of the forwarder this is: one that outlives its agent still has what it had, until its host starts anew.
import { readFile, stat } from 'node:fs/promises';
import type { Capabilities } from '@weir/model';

/** The kernel's tables live as long as its boot and the network namespace; null for a forwarder that begins empty with its agent. */
export async function lifeOf({ outlivesAgent }: Pick<Capabilities, 'outlivesAgent'>): Promise<string | null> {
  if (!outlivesAgent) return null;
  const [boot, { ino }] = await Promise.all([readFile('/proc/sys/kernel/random/boot_id', 'utf8'), stat('/proc/self/ns/net')]);
  return `${boot.trim()} ${ino}`;
}
