'use client';
// How much differs, since when, and how much of it is ignored.
import { useTranslations } from 'use-intl';
import type { DirectorDrift } from '../../server/drift/drift-view.ts';
import { useSince } from '../time/when.tsx';

export interface DriftSubProps {
  heard: NonNullable<DirectorDrift['heard']>;
  answers: boolean;
}

export function DriftSub({ heard: { rows, count, atLeast, sinceMs }, answers }: DriftSubProps) {
  const t = useTranslations('drift');
  const since = useSince();
  const ignored = rows.filter((row) => row.ignored !== null).length;
  const parts = [
    t(atLeast ? 'countAtLeast' : 'count', { count: count - ignored }),
    ...(ignored > 0 ? [t('countIgnored', { count: ignored })] : []),
    ...(sinceMs === null ? [] : [t('since', { since: since(sinceMs) })]),
    ...(answers ? [] : [t('asLastHeard')]),
  ];
  return <>{parts.join(' · ')}</>;
}
