// What is told of the director itself: what it holds, how far it differs from that, how its checks and this telling go.
import type { CheckerState, DirectorState } from '@weir/protocol';
import type { HeldCluster } from '../disk/data-folder.ts';
import type { Census } from './census.ts';
import { labelsOf } from './text-format.ts';
import type { Family, Point } from './text-format.ts';

export interface AgentInfo {
  readonly version: string;
  readonly protocol: number;
  readonly driver: string;
  readonly hostname: string;
  readonly startedAtMs: number;
}

export interface DirectorSeen {
  readonly info: AgentInfo;
  readonly accepted: readonly HeldCluster[];
  /** Null until the forwarder has answered once. */
  readonly state: DirectorState | null;
  readonly checker: CheckerState;
  /** Intervals of history. */
  readonly journalBacklog: number;
  /** The newest there is; null until there is one. */
  readonly sampledAtMs: number | null;
  /** Null while there is no sample, or only an old one. */
  readonly census: Census | null;
}

/** Of VIPs. */
const MOST_VIPS = 1_000;

type DirectorFamily = Family<DirectorSeen>;

function one(value: number | null | undefined): readonly Point[] {
  return value === null || value === undefined ? [] : [{ labels: '', value }];
}

function seconds(timeMs: number | null | undefined): readonly Point[] {
  return one(typeof timeMs === 'number' ? timeMs / 1_000 : null);
}

/** Each address once, with the cluster that names it first. */
function vipClusters(accepted: readonly HeldCluster[]): ReadonlyMap<string, string> {
  return new Map(accepted.toReversed().flatMap(({ definition }) => definition.vips.map(({ address }): [string, string] => [address, definition.name])));
}

function heldVips({ accepted, state }: DirectorSeen): readonly Point[] {
  // Where the host is not Weir's to look at, nobody knows.
  if (state?.host === null || state?.host === undefined) return [];
  const held = new Set(state.host.vips.map(({ address }) => address));
  const vips = [...vipClusters(accepted)].slice(0, MOST_VIPS);
  return vips.map(([vip, cluster]) => ({ labels: labelsOf({ cluster, vip }), value: held.has(vip) ? 1 : 0 }));
}

function ofObject(object: string, value: number): Point {
  return { labels: labelsOf({ object }), value };
}

function leftOut({ accepted, state, census }: DirectorSeen): readonly Point[] {
  const vips = state?.host === null || state?.host === undefined ? 0 : Math.max(0, vipClusters(accepted).size - MOST_VIPS);
  return [
    ...census === null ? [] : [ofObject('service', census.leftOut.services), ofObject('realServer', census.leftOut.realServers)],
    ofObject('vip', vips),
  ];
}

export const directorFamilies: readonly DirectorFamily[] = [
  {
    name: 'weir_agent', type: 'info', help: 'The agent of Weir that tells this.',
    points: ({ info: { version, protocol, driver, hostname } }) => [{ labels: labelsOf({ version, protocol, driver, hostname }), value: 1 }],
  },
  {
    name: 'weir_agent_start_time_seconds', type: 'gauge', unit: 'seconds', help: 'When the agent started.', points: ({ info }) => seconds(info.startedAtMs),
  },
  {
    name: 'weir_sample_time_seconds', type: 'gauge', unit: 'seconds',
    help: 'When the forwarder was last read for what is told of services and real servers. They are absent while that is more than ten seconds ago.',
    points: ({ sampledAtMs }) => seconds(sampledAtMs),
  },
  {
    name: 'weir_state_time_seconds', type: 'gauge', unit: 'seconds', help: 'When the director was last compared with what it should be.',
    points: ({ state }) => seconds(state?.readAtMs),
  },
  {
    name: 'weir_drift_operations', type: 'gauge', help: 'Operations that would turn what is forwarded into what should be.', points: ({ state }) => one(state?.driftCount),
  },
  {
    name: 'weir_accepted_revision', type: 'gauge', help: 'The revision of a cluster that the director took last.',
    points: ({ accepted }) => accepted.map(({ clusterId, revision, definition: { name } }) => ({ labels: labelsOf({ cluster: name, cluster_id: clusterId }), value: revision })),
  },
  { name: 'weir_vip_held', type: 'gauge', help: 'Whether a VIP is on an interface of the director; absent where the agent leaves its host alone.', points: heldVips },
  {
    name: 'weir_unnamed_services', type: 'gauge', help: 'Services that are forwarded and that no accepted revision names; nothing else is told of them.',
    points: ({ census }) => one(census?.unnamed),
  },
  { name: 'weir_checker_targets', type: 'gauge', help: 'How many different things health checks ask.', points: ({ checker }) => one(checker.targets) },
  { name: 'weir_checker_late_targets', type: 'gauge', help: 'Of those, how many were not asked on time.', points: ({ checker }) => one(checker.late?.targets ?? 0) },
  {
    name: 'weir_checker_delay_seconds', type: 'gauge', unit: 'seconds', help: 'How late the latest of them is.', points: ({ checker }) => seconds(checker.late?.worstMs ?? 0),
  },
  {
    name: 'weir_checker_braked_hosts', type: 'gauge', help: 'Hosts that fell silent together and are not taken out for it.',
    points: ({ checker }) => one(checker.braked?.hosts ?? 0),
  },
  {
    name: 'weir_journal_backlog', type: 'gauge', help: 'Intervals of history, of ten seconds each, that the panel has not committed yet.',
    points: ({ journalBacklog }) => one(journalBacklog),
  },
  { name: 'weir_left_out_objects', type: 'gauge', help: 'Services, real servers and VIPs beyond what is told here.', points: leftOut },
];
