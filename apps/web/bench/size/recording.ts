// Seconds of a director's counters, written in advance as an agent writes them, so that playing them costs little.
import { encodeTick } from '@weir/protocol';
import type { Counters, Sample } from '@weir/model';
import { endpointOf, serviceKeyOf } from './addresses.ts';
import type { Size } from './addresses.ts';

/** Stands where the number of the cluster does. */
const placeholder = '@';

interface Grown { connections: bigint; packetsIn: bigint; packetsOut: bigint; bytesIn: bigint; bytesOut: bigint }

function begun(): Grown {
  return { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
}

function grow(counters: Grown, connections: number): void {
  counters.connections += BigInt(connections);
  counters.packetsIn += BigInt(connections * 9);
  counters.packetsOut += BigInt(connections * 14);
  counters.bytesIn += BigInt(connections * 1_700);
  counters.bytesOut += BigInt(connections * 21_000);
}

/** The services of one tick each, as JSON. */
export function record({ services, realServers }: Size, seconds: number): readonly string[] {
  const each = Array.from({ length: services }, (_, s) => ({
    key: serviceKeyOf(placeholder, s + 1), counters: begun(),
    realServers: Array.from({ length: realServers }, (__, r) => ({ key: endpointOf(placeholder, s + 1, r + 1), counters: begun() })),
  }));
  const texts: string[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const sample: Sample = {
      measuredAtMs: 0,
      services: each.map((service) => ({
        key: service.key, refused: null,
        realServers: service.realServers.map((realServer) => {
          const connections = Math.floor(Math.random() * 40);
          grow(realServer.counters, connections);
          grow(service.counters, connections);
          return { key: realServer.key, weight: 100, connections: { active: connections, inactive: connections * 3, persistent: 0 }, counters: { ...realServer.counters } satisfies Counters };
        }),
        counters: { ...service.counters } satisfies Counters,
      })),
    };
    texts.push(JSON.stringify(encodeTick('', 0, sample).services));
  }
  return texts;
}

/** One event of the stream. */
export function played(services: string, { cluster, bootId, sequence, measuredAtMs }: { readonly cluster: number; readonly bootId: string; readonly sequence: number; readonly measuredAtMs: number }): string {
  return `id: ${bootId}.${sequence}\ndata: {"kind":"tick","bootId":"${bootId}","sequence":${sequence},"measuredAtMs":${measuredAtMs},"services":${services.replaceAll(placeholder, String(cluster))}}\n\n`;
}
