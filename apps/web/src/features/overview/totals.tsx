'use client';
// The strip of figures over all clusters.
import { quantityText } from '@weir/ui';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTopic } from '../live/live-provider.tsx';
import { allSilent, sumOf, sumOfTick } from './sum.ts';

export function Totals({ directors }: { directors: readonly DirectorView[] }) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const { shown, now } = useTopic('overview');
  const stale = now.latest !== null && allSilent(now.latest);
  const sum = shown.latest === null ? sumOf([]) : sumOfTick(shown.latest);
  const live = directors.filter(({ link }) => link.state === 'connected').length;
  const silent = directors.filter(({ link }) => link.state !== 'connected' && link.state !== 'connecting').map(({ name }) => name);
  const part = silent.length === 0 ? '' : t('partial', { live, all: directors.length });
  return (
    <dl
      className={`grid shrink-0 grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-5 [&>:last-child]:col-span-2 xl:[&>:last-child]:col-span-1 ${stale ? 'weir-stale' : ''}`}
    >
      <Figure name={t('active')} value={quantityText(sum.active, 'count', locale)} sub={part} />
      <Figure name={t('newConnections')} value={quantityText(sum.connectionsPerSecond, 'countPerSecond', locale)} sub={part} />
      <Figure name={t('in')} value={quantityText(sum.bytesInPerSecond, 'bytesPerSecond', locale)} sub={part} />
      <Figure name={t('out')} value={quantityText(sum.bytesOutPerSecond, 'bytesPerSecond', locale)} sub={part} />
      <Figure
        name={t('directors')} value={`${live} / ${directors.length}`}
        sub={silent.length === 0 ? t('allAnswer') : t('silent', { names: silent.join(', ') })}
      />
    </dl>
  );
}

/** Its height is the same with a word below and without. */
function Figure({ name, value, sub }: { name: string; value: string; sub: ReactNode }) {
  return (
    <div className="h-19 min-w-0 bg-panel px-3 py-1.5">
      <dt className="truncate text-muted">{name}</dt>
      <dd className="truncate font-mono text-xl font-medium">{value}</dd>
      {sub !== '' && <dd className="truncate text-sm text-muted" title={typeof sub === 'string' ? sub : undefined}>{sub}</dd>}
    </div>
  );
}
