// One director as its page shows it: what it holds, what others made on it, and what its kernel is set to. Pure.
import { addressOf, adviceOn, serviceKey } from '@weir/model';
import type { Advice, ClusterDefinition, ForeignRules, KernelSetting, KernelState } from '@weir/model';
import type { AcceptedRevision, HostState, Inspection } from '@weir/protocol';
import type { StateAnswer } from '../gateway/agent/agent-client.ts';
import type { DirectorView } from '../gateway/director-view.ts';

export interface DirectorVip {
  readonly address: string;
  /** By the accepted definition. */
  readonly part: 'holds' | 'standsBy';
  /** Who puts it on the host. */
  readonly keptBy: 'weir' | 'operator';
  /** Where it is on the host: null where it is not; the whole is null where the agent leaves its host alone. */
  readonly onHost: { readonly interface: string; readonly byWeir: boolean } | null;
}

export interface DirectorCluster {
  readonly clusterId: string;
  /** Null: the panel has no such revision, or another one under its number. */
  readonly name: string | null;
  readonly revision: number;
  readonly vips: readonly DirectorVip[] | null;
  readonly services: readonly { readonly id: string; readonly name: string; readonly key: string }[];
}

export interface DirectorPage {
  readonly director: DirectorView;
  readonly clusters: readonly DirectorCluster[];
  /** The VIPs that Weir put on the host, and none of these clusters names. */
  readonly leftVips: HostState['vips'];
  /** Null: not heard, or the agent leaves its host alone. */
  readonly findings: HostState['findings'] | null;
  /** What of the host its agent did not tell: beyond its bounds. */
  readonly leftOut: HostState['leftOut'];
  readonly readAtMs: number | null;
}

const nothingLeftOut = { vips: 0, findings: 0 } as const;

export type AcceptedDefinition = (held: AcceptedRevision) => ClusterDefinition | null;

function vipsOf(definition: ClusterDefinition, directorId: string, host: HostState | null): DirectorVip[] {
  const keptBy = definition.directors.find((director) => director.directorId === directorId)?.host?.vips ?? 'weir';
  return definition.vips.map(({ address, holder }) => {
    const place = host?.vips.find((vip) => vip.address === address) ?? null;
    return {
      address, part: holder === directorId ? 'holds' : 'standsBy', keptBy,
      onHost: place === null ? null : { interface: place.interface, byWeir: place.byWeir },
    };
  });
}

function clusterOf(held: AcceptedRevision, directorId: string, host: HostState | null, definitionOf: AcceptedDefinition): DirectorCluster {
  const { clusterId, revision } = held;
  const definition = definitionOf(held);
  if (definition === null) return { clusterId, revision, name: null, vips: null, services: [] };
  return {
    clusterId, revision, name: definition.name, vips: vipsOf(definition, directorId, host),
    services: definition.services.map(({ id, name, match }) => ({ id, name, key: serviceKey(addressOf(match)) })),
  };
}

export function directorPage(director: DirectorView, state: StateAnswer | null, definitionOf: AcceptedDefinition): DirectorPage {
  if (state === null) return { director, clusters: [], leftVips: [], findings: null, leftOut: nothingLeftOut, readAtMs: null };
  const { host, readAtMs } = state;
  const clusters = state.accepted.map((held) => clusterOf(held, director.id, host, definitionOf));
  const named = new Set(clusters.flatMap(({ vips }) => vips ?? []).map(({ address }) => address));
  return {
    director, clusters,
    leftVips: host?.vips.filter(({ address, byWeir }) => byWeir && !named.has(address)) ?? [],
    findings: host?.findings ?? null,
    leftOut: host?.leftOut ?? nothingLeftOut,
    readAtMs,
  };
}

export interface AdvisedSetting extends KernelSetting {
  readonly advice: readonly Advice[];
}

export interface InspectionView {
  readonly foreign: ForeignRules;
  /** Null where the forwarder is not the kernel's. */
  readonly kernel: (Omit<KernelState, 'settings'> & { readonly settings: readonly AdvisedSetting[] }) | null;
  readonly readAtMs: number;
}

export function inspectionView({ foreign, kernel, readAtMs }: Inspection, directorId: string, definitions: readonly ClusterDefinition[]): InspectionView {
  if (kernel === null) return { foreign, kernel, readAtMs };
  const about = { directorId, definitions, daemons: kernel.daemons };
  const settings = kernel.settings.map((setting) => ({ ...setting, advice: adviceOn(setting.name, setting.value, about) }));
  return { foreign, kernel: { ...kernel, settings }, readAtMs };
}
