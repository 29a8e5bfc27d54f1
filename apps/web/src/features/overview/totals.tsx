'use client';
// The strip of figures over all clusters, each with what is not in it.
import { quantityText, StatusGlyph, type Quantity } from '@weir/ui';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { TotalName } from '../../live/totals.ts';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTopic } from '../live/live-provider.tsx';
import { allSilent, useNotIn } from './not-in-total.ts';

const shownTotals: readonly (readonly [name: TotalName, word: 'active' | 'newConnections' | 'in' | 'out', quantity: Quantity])[] = [
  ['active', 'active', 'count'], ['connectionsPerSecond', 'newConnections', 'countPerSecond'], ['bytesInPerSecond', 'in', 'bytesPerSecond'], ['bytesOutPerSecond', 'out', 'bytesPerSecond'],
];

export function TotalsStrip({ directors }: { directors: readonly DirectorView[] }) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const notIn = useNotIn();
  const { shown, now } = useTopic('overview');
  const stale = now.latest !== null && allSilent(now.latest);
  const totals = shown.latest?.totals;
  const silent = new Set(now.latest?.directors.flatMap(({ directorId, state }) => (state === 'silent' ? [directorId] : [])));
  // What has said nothing for seconds may be taken for connected a little longer.
  const others = directors.filter(({ id, link }) => link.state !== 'connected' || silent.has(id));
  const live = directors.length - others.length;
  const lost = others.filter(({ link }) => link.state !== 'connecting').length;
  const part = others.length === 0 ? [] : [stale ? t('lastHeard') : t('partial', { live, all: directors.length })];
  return (
    <dl
      className="grid shrink-0 grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-5 [&>:last-child]:col-span-2 xl:[&>:last-child]:col-span-1"
    >
      {shownTotals.map(([name, word, quantity]) => (
        <Figure key={name} stale={stale} name={t(word)} value={quantityText(totals?.[name].sum ?? null, quantity, locale)} sub={[...part, ...notIn(name, totals)].join(' · ')} />
      ))}
      <Figure name={t('directors')} value={<DirectorCount live={live} all={directors.length} lost={lost} />} sub={others.length === 0 ? t('allAnswer') : t('notConnected', { names: others.map(({ name }) => name).join(', ') })} />
    </dl>
  );
}

/** What one looks at first when all else is grey. */
function DirectorCount({ live, all, lost }: { live: number; all: number; lost: number }) {
  const t = useTranslations('overview');
  if (lost === 0) return `${live} / ${all}`;
  return (
    <span className={`inline-flex items-center gap-2 ${live === 0 ? 'text-down' : 'text-warn'}`}>
      {live} / {all} <StatusGlyph status={live === 0 ? 'down' : 'degraded'} label={t('partial', { live, all })} />
    </span>
  );
}

/** Its height is the same with a word below and without. */
function Figure({ name, value, sub, stale = false }: { name: string; value: ReactNode; sub: string; stale?: boolean }) {
  return (
    <div className={`h-19 min-w-0 bg-panel px-3 py-1.5 ${stale ? 'weir-stale' : ''}`}>
      <dt className="truncate text-muted">{name}</dt>
      <dd className="truncate font-mono text-xl font-medium">{value}</dd>
      {sub !== '' && <dd className="truncate text-sm text-muted" title={sub}>{sub}</dd>}
    </div>
  );
}
