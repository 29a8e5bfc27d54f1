'use client';
// The differences that a director does not list by itself: asked for where a person wants to see them.
import { useQuery } from '@tanstack/react-query';
import { Button } from '@weir/ui';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { DirectorDrift } from '../../server/drift/drift-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';

export interface WholeDriftProps {
  drift: DirectorDrift;
  /** Null: of all clusters. */
  clusterId: string | null;
  /** How many of them are not listed; null: not known. */
  left: number | null;
  children: (heard: NonNullable<DirectorDrift['heard']>) => ReactNode;
}

export function WholeDrift({ drift: { directorId, heard, answers }, clusterId, left, children }: WholeDriftProps) {
  const t = useTranslations('drift');
  const [asked, setAsked] = useState(false);
  const whole = useQuery(useTRPC().drift.whole.queryOptions({ directorId, clusterId }, { enabled: asked, staleTime: Infinity, gcTime: 0 }));
  const shown = (asked ? whole.data?.heard : undefined) ?? heard;
  const all = shown !== heard && shown !== null && shown.rows.length >= shown.count && !shown.atLeast;
  if (shown === null) return null;
  return (
    <>
      {children(shown)}
      {left !== 0 && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-1.5">
          <output className="text-muted">{all ? t('allShown', { count: shown.rows.length }) : left === null ? t('moreUnknown') : t('more', { count: left })}</output>
          {answers && (
            <Button className="h-7" busy={whole.isFetching} onClick={() => (asked ? void whole.refetch() : setAsked(true))}>{t(asked ? 'showAgain' : 'showAll')}</Button>
          )}
          {whole.error !== null && <Failure what={t('wholeFailed')} error={whole.error} />}
        </div>
      )}
    </>
  );
}
