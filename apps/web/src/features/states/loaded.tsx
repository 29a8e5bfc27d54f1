'use client';
// What a page has asked the panel for: its shape while it comes, the reason when it does not, the last answer when a newer one fails.
import { Skeleton } from '@weir/ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Failure } from './failure.tsx';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => Promise<unknown>;
}

export interface LoadedProps<T> {
  query: Asked<T>;
  /** The failure in words: "The clusters could not be loaded." */
  failed: string;
  rows?: number | undefined;
  /** Its shape, where that is more than some lines. */
  outline?: ReactNode;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, failed, rows, outline, children }: LoadedProps<T>) {
  const t = useTranslations('states');
  const failure = query.error === null || query.error === undefined ? null : (
    <Failure what={failed} error={query.error} busy={query.isFetching} onRetry={() => void query.refetch()} className="m-3" />
  );
  if (query.data === undefined) return failure ?? outline ?? <Skeleton label={t('loading')} rows={rows} />;
  return (
    <>
      {failure}
      {children(query.data)}
    </>
  );
}
