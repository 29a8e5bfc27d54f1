// What a format cannot say of a definition: named by an export, never lost without a word.
import type { ClusterDefinition } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { endpointKey } from '../table/table.ts';
import { nameOfMatch } from './draft.ts';
import type { FormatParams } from './error.ts';

export const unsaidCodes = ['names', 'clusterName', 'directors', 'holders', 'unusedVips', 'markMatch', 'service', 'proxied', 'realServer'] as const;
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

function unsaidNames(definition: ClusterDefinition): number {
  return definition.services.reduce((sum, { name, match, realServers }) => (
    sum + (name === nameOfMatch(match) ? 0 : 1) + realServers.filter((realServer) => realServer.name !== realServer.rip).length), 0);
}

function whole(code: UnsaidCode, params: FormatParams): Unsaid {
  return { code, path: [], params };
}

/** What neither ipvsadm nor keepalived.conf has words for, whatever the services are. */
export function unsaidOfCluster(definition: ClusterDefinition, { names }: { readonly names: boolean }): Unsaid[] {
  const { name, directors, vips, services } = definition;
  const used = new Set(services.flatMap(({ match }) => vipsOf(match)));
  const unused = vips.filter(({ address }) => !used.has(address)).length;
  const holders = vips.filter(({ holder }) => holder !== null).length;
  const unnamed = names ? 0 : unsaidNames(definition);
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

export function unsaidRealServer({ services }: ClusterDefinition, s: number, r: number): Unsaid {
  const service = services[s];
  const realServer = service?.realServers[r];
  return {
    code: realServer?.method.kind === 'proxied' ? 'proxied' : 'realServer', path: ['services', s, 'realServers', r],
    params: { service: service?.name ?? '', realServer: realServer === undefined ? '' : endpointKey(realServer) },
  };
}
