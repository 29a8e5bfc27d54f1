// An interval of a director as blocks of its services and of its real servers, and what several blocks are together. Pure.
import { intervalMs } from '@weir/model';
import type { Carried, Growth, Interval } from '@weir/model';
import type { Block } from './pack/pack.ts';
import { each, joined, withoutBytes } from './portion.ts';
import type { Grown, Portion } from './portion.ts';
import type { Kind } from './tiers.ts';

/** An object of a director; ids are null where no accepted revision has it. */
export interface Named {
  readonly kind: Kind;
  readonly path: string;
  readonly clusterId: string | null;
  readonly serviceId: string | null;
  readonly realServerId: string | null;
  readonly key: string;
}

export interface NamedPortion {
  readonly object: Named;
  readonly portion: Portion;
}

const inPath = '\n';

/** Ids stay when an address changes, keys do not. */
export function portionsOf({ services }: Interval): NamedPortion[] {
  return services.flatMap(({ key, clusterId, serviceId, realServers, ...carried }): NamedPortion[] => {
    const own = clusterId === null || serviceId === null ? `key${inPath}${key}` : `${clusterId}${inPath}${serviceId}`;
    const service: Named = { kind: 'services', path: own, clusterId, serviceId, realServerId: null, key };
    return [{ object: service, portion: portionOf(carried, null) }, ...realServers.map((realServer): NamedPortion => {
      const { realServerId } = realServer;
      const path = [own, ...(realServerId === null ? ['key', realServer.key] : [realServerId])].join(inPath);
      return { object: { kind: 'realServers', path, clusterId, serviceId, realServerId, key: realServer.key }, portion: portionOf(realServer, realServer.weight) };
    })];
  });
}

/** More connections, or a larger weight, than there can be: kept, it could not be added up. */
const countMax = 2 ** 40;

function portionOf({ measuredMs, growth, measuredGrowth, active, inactive }: Carried, weight: number | null): Portion {
  return {
    measuredMs: Math.min(Math.round(measuredMs), intervalMs),
    grown: each((name) => grownOf(growth[name], measuredGrowth[name])),
    activeMean: Math.min(active.mean, countMax), activeMost: Math.min(Math.ceil(active.most), countMax), inactiveMean: Math.min(inactive.mean, countMax),
    weight: weight === null ? null : Math.min(weight, countMax),
  };
}

/** What was measured is a part of all. */
function grownOf(all: Growth, measured: Growth): Grown {
  if (typeof all === 'string') return all;
  if (typeof measured === 'string') return measured;
  return { all, measured: measured < all ? measured : all };
}

/** In the order in which they follow. */
export function joinBlocks(blocks: readonly Block[]): Block {
  const [first] = blocks;
  if (first === undefined) return { byteKind: null, portions: new Map() };
  if (blocks.length === 1) return first;
  const byteKind = blocks.every((block) => block.byteKind === first.byteKind) ? first.byteKind : null;
  const portions = new Map<number, Portion>();
  for (const block of blocks) {
    for (const [number, portion] of block.portions) {
      const before = portions.get(number);
      portions.set(number, before === undefined ? portion : joined(before, portion));
    }
  }
  return { byteKind, portions: byteKind === null ? new Map([...portions].map(([number, portion]) => [number, withoutBytes(portion)])) : portions };
}
