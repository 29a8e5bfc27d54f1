// How much of what the tuning allows this process can bear.
import { readFile } from 'node:fs/promises';
import type { ProxyTuning } from '../tuning.ts';

export interface ProxyLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerService: number;
  readonly maxConnectionsPerSource: number;
  /** What made `maxConnections` less than the tuning says: descriptors that the process may open, or memory for buffers. Null: nothing did. */
  readonly loweredBy: 'descriptors' | 'buffers' | null;
}

/** One towards the client and one towards the real server; a UDP flow takes only the latter. */
const descriptorsPerConnection = 2;

/** Left to listening sockets, and to everything else that the process does. */
const descriptorsKept = 256;

/** net.Socket reads so many bytes at once, whatever its buffer. */
const chunkBytes = 65_536;

/** At worst each direction has a full buffer less one byte, and then one chunk more. */
function bytesPerConnection({ bufferBytes }: ProxyTuning): number {
  return 2 * (bufferBytes + chunkBytes);
}

/** `descriptors` null: no limit is known. Services have their part of what is left. */
export function limitsOf(tuning: ProxyTuning, descriptors: number | null): ProxyLimits {
  const { maxConnections, maxConnectionsPerService, maxConnectionsPerSource, maxBufferedBytes } = tuning;
  const byDescriptors = descriptors === null ? Infinity : Math.max(1, Math.floor((descriptors - descriptorsKept) / descriptorsPerConnection));
  const byBuffers = Math.max(1, Math.floor(maxBufferedBytes / bytesPerConnection(tuning)));
  const bearable = Math.min(byDescriptors, byBuffers);
  if (bearable >= maxConnections) return { maxConnections, maxConnectionsPerService, maxConnectionsPerSource, loweredBy: null };
  return {
    maxConnections: bearable,
    maxConnectionsPerService: Math.max(1, Math.floor((maxConnectionsPerService * bearable) / maxConnections)),
    maxConnectionsPerSource,
    loweredBy: byDescriptors < byBuffers ? 'descriptors' : 'buffers',
  };
}

/** The soft limit in the text of /proc/self/limits (Node raises it to the hard one when it starts); null: none. */
export function descriptorsIn(limits: string): number | null {
  const digits = /^Max open files\s+(\d+)\s/m.exec(limits)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** How many descriptors this process may open; null where the system does not say. */
export async function descriptorLimit(): Promise<number | null> {
  const limits = await readFile('/proc/self/limits', 'latin1').catch(() => '');
  return descriptorsIn(limits);
}
