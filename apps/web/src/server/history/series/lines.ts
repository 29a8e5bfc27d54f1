// How the lines of a series are called now, and which directors should be in it.
import type { HistoryInput, HistorySubject } from '../../../history/series.ts';
import type { KnownRevision } from '../../clusters/standings.ts';
import type { Gateway } from '../../gateway/gateway.ts';

export interface Lines {
  /** Those that are there even where nothing was measured; real servers that are in no revision now are called by their keys. */
  readonly initial: readonly { readonly realServerId: string | null; readonly name: string }[];
  readonly directorIds: readonly string[];
}

/** Of what the panel knows of clusters: throws where there is none. */
export interface KnownClusters {
  standing(clusterId: string): { readonly wanted: Pick<KnownRevision, 'name' | 'definition'> };
}

/** Throws where there is no such cluster or director. */
export function linesOf(clusters: KnownClusters, gateway: Pick<Gateway, 'director'>, { subject, by }: Pick<HistoryInput, 'subject' | 'by'>): Lines {
  if (subject.kind === 'director') return { initial: [{ realServerId: null, name: gateway.director(subject.directorId)?.name ?? subject.directorId }], directorIds: [subject.directorId] };
  const { wanted: { name, definition } } = clusters.standing(subject.clusterId);
  const directorIds = definition.directors.map(({ directorId }) => directorId);
  const service = subject.kind === 'cluster' ? undefined : definition.services.find(({ id }) => id === subject.serviceId);
  if (by === 'realServer') return { initial: (service?.realServers ?? []).map((realServer) => ({ realServerId: realServer.id, name: realServer.name })), directorIds };
  return { initial: [{ realServerId: null, name: nameOf(subject, name, service) }], directorIds };
}

interface Named {
  readonly name: string;
  readonly realServers: readonly { readonly id: string; readonly name: string }[];
}

function nameOf(subject: Exclude<HistorySubject, { kind: 'director' }>, clusterName: string, service: Named | undefined): string {
  if (subject.kind === 'cluster') return clusterName;
  if (subject.kind === 'service') return service?.name ?? subject.serviceId;
  return service?.realServers.find(({ id }) => id === subject.realServerId)?.name ?? subject.realServerId;
}
