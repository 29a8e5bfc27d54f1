'use client';
// What is pending or fires now, by itself kept up to date.
import { useQuery } from '@tanstack/react-query';
import { alertsMax } from '../../alerts/alert.ts';
import { useTRPC } from '../../trpc/client.ts';

/** `refreshMs`: how often it is asked for; a page of alerts asks more often than what is beside every page. */
export function useCurrentAlerts(refreshMs: number) {
  return useQuery(useTRPC().alerts.list.queryOptions({ which: 'current', limit: alertsMax }, { refetchInterval: refreshMs }));
}
