// What of a cluster can be found: the cluster, its services, their real servers. Made once for each wanted revision, when it is first searched. Pure.
import { addressOf, endpointKey, serviceKey, vipsOf } from '@weir/model';
import type { ClusterDefinition, VirtualService } from '@weir/model';
import type { Found } from '../../search/found.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import type { Known } from './rank.ts';

export interface Entry {
  readonly known: Known;
  readonly found: Found;
}

const byDefinition = new WeakMap<ClusterDefinition, { readonly clusterId: string; readonly entries: readonly Entry[] }>();

/** Services and real servers; they keep their definition's name of the cluster. */
export function entriesOf({ clusterId, name, definition }: KnownRevision): readonly Entry[] {
  const made = byDefinition.get(definition);
  if (made !== undefined && made.clusterId === clusterId) return made.entries;
  const entries = definition.services.flatMap((service) => serviceEntries(service, { ...nothing, clusterId, clusterName: name }));
  byDefinition.set(definition, { clusterId, entries });
  return entries;
}

const nothing = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, directorId: null } as const;

type Place = Omit<Found, 'kind' | 'name' | 'address'>;

function serviceEntries(service: VirtualService, cluster: Place): Entry[] {
  const { id, name, match, realServers } = service;
  const key = serviceKey(addressOf(match));
  const place = { ...cluster, serviceId: id, serviceName: name };
  const { protocol } = match;
  const context = `${key}\n${cluster.clusterName ?? ''}`.toLowerCase();
  const own: Entry = {
    known: { name: name.toLowerCase(), addresses: vipsOf(match), port: match.kind === 'address' ? match.port : match.ports[0] ?? null, protocol, context },
    found: { ...place, kind: 'service', name, address: key },
  };
  const inService = `${name}\n${cluster.clusterName ?? ''}`.toLowerCase();
  return [own, ...realServers.map((realServer): Entry => ({
    known: { name: realServer.name.toLowerCase(), addresses: [realServer.rip], port: realServer.port, protocol, context: inService },
    found: { ...place, kind: 'realServer', name: realServer.name, address: endpointKey(realServer), realServerId: realServer.id },
  }))];
}

/** By its name, its VIPs and its directors, which may be renamed. */
export function clusterEntry({ clusterId, name, definition }: KnownRevision, directorName: (id: string) => string | null): Entry {
  const directors = definition.directors.map(({ directorId }) => directorName(directorId) ?? '');
  return {
    known: { name: name.toLowerCase(), addresses: [], port: null, protocol: null, context: [...directors, ...definition.vips.map(({ address }) => address)].join('\n').toLowerCase() },
    found: { ...nothing, kind: 'cluster', name, address: null, clusterId, clusterName: name },
  };
}

/** By its name, its host's name, and where its agent is reached. */
export function directorEntry({ id, name, address, hello }: DirectorView): Entry {
  const hostname = hello?.hostname ?? null;
  const host = address.slice(0, address.lastIndexOf(':')).replaceAll(/^\[|\]$/g, '');
  return {
    known: { name: name.toLowerCase(), addresses: [host.toLowerCase()], port: null, protocol: null, context: (hostname ?? '').toLowerCase() },
    found: { ...nothing, kind: 'director', name, address: hostname ?? address, directorId: id },
  };
}
