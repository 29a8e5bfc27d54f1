'use client';
// What is pending or fires now, by itself kept up to date.
import { useQuery } from '@tanstack/react-query';
import { alertsMax } from '../../alerts/alert.ts';
import { useTRPC } from '../../trpc/client.ts';

const refreshMs = 5_000;

export function useCurrentAlerts() {
  return useQuery(useTRPC().alerts.list.queryOptions({ which: 'current', limit: alertsMax }, { refetchInterval: refreshMs }));
}
