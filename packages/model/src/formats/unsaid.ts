// What a format cannot say of a definition: named by an export, never lost without a word.
import type { ClusterDefinition } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { endpointKey } from '../table/table.ts';
import { nameOfMatch } from './draft.ts';
import type { FormatParams } from './error.ts';

export const unsaidCodes = ['names', 'clusterName', 'directors', 'holders', 'unusedVips', 'markMatch', 'service', 'proxied', 'realServer', 'health'] as const;
export type UnsaidCode = (typeof unsaidCodes)[number];

export interface Unsaid {
  readonly code: UnsaidCode;
  /** To the object that is missing in the text; empty where it is of the whole. */
  readonly path: readonly (string | number)[];
  readonly params: FormatParams;
}

export interface Exported {
  readonly text: string;
  readonly unsaid: readonly Unsaid[];
}

function unsaidNames({ services }: ClusterDefinition, isSayable: (name: string) => boolean): number {
  const lost = (name: string, usual: string): number => (name === usual || isSayable(name) ? 0 : 1);
  return services.reduce((sum, { name, match, realServers }) => (
    sum + lost(name, nameOfMatch(match)) + realServers.reduce((inner, realServer) => inner + lost(realServer.name, realServer.rip), 0)), 0);
}

function whole(code: UnsaidCode, params: FormatParams): Unsaid {
  return { code, path: [], params };
}

/** What neither ipvsadm nor keepalived.conf has words for, whatever the services are. */
export function unsaidOfCluster(definition: ClusterDefinition, isSayable: (name: string) => boolean): Unsaid[] {
  const { name, directors, vips, services } = definition;
  const used = new Set(services.flatMap(({ match }) => vipsOf(match)));
  const unused = vips.filter(({ address }) => !used.has(address)).length;
  const holders = vips.filter(({ holder }) => holder !== null).length;
  const unnamed = unsaidNames(definition, isSayable);
  return [
    ...(name === '' ? [] : [whole('clusterName', { name })]),
    ...(unnamed === 0 ? [] : [whole('names', { count: unnamed })]),
    ...(directors.length === 0 ? [] : [whole('directors', { count: directors.length })]),
    ...(holders === 0 ? [] : [whole('holders', { count: holders })]),
    ...(unused === 0 ? [] : [whole('unusedVips', { count: unused })]),
  ];
}

export function unsaidService({ services }: ClusterDefinition, s: number): Unsaid {
  return { code: 'service', path: ['services', s], params: { service: services[s]?.name ?? '' } };
}

export function unsaidMark({ services }: ClusterDefinition, s: number): Unsaid {
  return { code: 'markMatch', path: ['services', s, 'match'], params: { service: services[s]?.name ?? '' } };
}

/** All of it or a part. */
export function unsaidHealth({ services }: ClusterDefinition, s: number): Unsaid {
  return { code: 'health', path: ['services', s, 'health'], params: { service: services[s]?.name ?? '' } };
}

export function unsaidRealServer({ services }: ClusterDefinition, s: number, r: number): Unsaid {
  const service = services[s];
  const realServer = service?.realServers[r];
  return {
    code: realServer?.method.kind === 'proxied' ? 'proxied' : 'realServer', path: ['services', s, 'realServers', r],
    params: { service: service?.name ?? '', realServer: realServer === undefined ? '' : endpointKey(realServer) },
  };
}
