// A definition as it is drawn: a lane for each director, in it the services whose VIP it holds, each with its real servers.
import { canonicalAddress, vipsOf, type ClusterDefinition, type VirtualService } from '@weir/model';
import { laneNode, type NodeKey } from './node-key.ts';

/** Above this a service begins folded. */
export const SHOWN_REAL_SERVERS_MAX = 12;

export interface Block {
  readonly serviceId: string;
  /** Its place in the definition. */
  readonly index: number;
  readonly folded: boolean;
  readonly realServerIds: readonly string[];
}

export interface Lane {
  readonly key: NodeKey;
  /** Null: nobody holds what is in it. */
  readonly directorId: string | null;
  readonly holds: readonly string[];
  readonly standsBy: readonly string[];
  readonly blocks: readonly Block[];
}

export type IsFolded = (service: Pick<VirtualService, 'id' | 'realServers'>) => boolean;

export const foldedByCount: IsFolded = ({ realServers }) => realServers.length > SHOWN_REAL_SERVERS_MAX;

/** Directors in their order; last, where there is something in it, what nobody holds. */
export function lanesOf(definition: Pick<ClusterDefinition, 'directors' | 'vips' | 'services'>, isFolded: IsFolded): Lane[] {
  const { vips, services } = definition;
  const directorIds = [...new Set(definition.directors.map(({ directorId }) => directorId))];
  const holderOf = holders(vips, directorIds);
  const blocks = new Map<string | null, Block[]>();
  const seen = new Set<string>();
  services.forEach((service, index) => {
    if (seen.has(service.id)) return;
    seen.add(service.id);
    const holder = holderOf(service);
    const block = { serviceId: service.id, index, folded: isFolded(service), realServerIds: [...new Set(service.realServers.map(({ id }) => id))] };
    const present = blocks.get(holder);
    if (present === undefined) blocks.set(holder, [block]);
    else present.push(block);
  });
  const lanes = directorIds.map((directorId): Lane => ({
    key: laneNode(directorId), directorId, blocks: blocks.get(directorId) ?? [],
    holds: vips.flatMap(({ address, holder }) => (holder === directorId ? [address] : [])),
    standsBy: vips.flatMap(({ address, holder }) => (holder !== null && holder !== directorId ? [address] : [])),
  }));
  const nobodys = blocks.get(null);
  return nobodys === undefined ? lanes : [...lanes, {
    key: laneNode(null), directorId: null, blocks: nobodys, holds: vips.flatMap(({ address, holder }) => (holder === null ? [address] : [])), standsBy: [],
  }];
}

/** A VIP that the list does not have yet, for it is half typed, will be the only director's. */
function holders(vips: ClusterDefinition['vips'], directorIds: readonly string[]): (service: VirtualService) => string | null {
  const listed = new Map(vips.map(({ address, holder }) => [address, holder]));
  const alone = directorIds.length === 1 ? directorIds[0] ?? null : null;
  return ({ match }) => {
    const [vip = ''] = vipsOf(match);
    const holder = listed.get(canonicalAddress(vip.trim()) ?? vip);
    if (holder === undefined) return alone;
    return holder !== null && directorIds.includes(holder) ? holder : null;
  };
}
