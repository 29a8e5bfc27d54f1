'use client';
// What events can be looked for by: clusters, the services of the one that is chosen, directors.
import { useQuery } from '@tanstack/react-query';
import type { SelectOption } from '@weir/ui';
import { useTRPC } from '../../../trpc/client.ts';
import { wantedOf } from '../../clusters/wanted.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ObjectOptions {
  readonly clusters: readonly SelectOption[];
  readonly services: readonly SelectOption[];
  readonly directors: readonly SelectOption[];
}

export function useObjectOptions(clusterId: string): ObjectOptions {
  const trpc = useTRPC();
  const clusters = useQuery(trpc.clusters.list.queryOptions());
  const cluster = useQuery(trpc.clusters.get.queryOptions({ clusterId }, { enabled: clusterId !== '' }));
  const directors = useQuery(trpc.directors.list.queryOptions());
  const services = cluster.data === undefined ? [] : wantedOf(cluster.data).definition.services;
  return { clusters: optionsOf(clusters.data ?? []), services: optionsOf(services), directors: optionsOf(directors.data ?? []) };
}

function optionsOf(named: readonly Named[]): SelectOption[] {
  return named.map(({ id, name }) => ({ value: id, label: name }));
}
