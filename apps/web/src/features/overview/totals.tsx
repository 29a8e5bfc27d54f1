'use client';
// The strip of figures over all clusters.
import { quantityText } from '@weir/ui';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { useTopic } from '../live/live-provider.tsx';
import { sumOf } from './sum.ts';

export function Totals({ directors }: { directors: readonly DirectorView[] }) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const { shown, now } = useTopic('overview');
  const stale = now.latest !== null && now.latest.directors.every(({ state }) => state === 'silent');
  const sum = sumOf((shown.latest?.clusters ?? []).map(({ figures }) => figures));
  const connected = directors.filter(({ link }) => link.state === 'connected').length;
  const silent = directors.filter(({ link }) => link.state !== 'connected' && link.state !== 'connecting').map(({ name }) => name);
  return (
    <dl
      className={`grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-5 [&>:last-child]:col-span-2 xl:[&>:last-child]:col-span-1 ${stale ? 'weir-stale' : ''}`}
    >
      <Figure name={t('active')} value={quantityText(sum.active, 'count', locale)} />
      <Figure name={t('newConnections')} value={quantityText(sum.connectionsPerSecond, 'countPerSecond', locale)} />
      <Figure name={t('in')} value={quantityText(sum.bytesInPerSecond, 'bytesPerSecond', locale)} />
      <Figure name={t('out')} value={quantityText(sum.bytesOutPerSecond, 'bytesPerSecond', locale)} />
      <Figure
        name={t('directors')} value={`${connected} / ${directors.length}`}
        sub={silent.length === 0 ? t('allAnswer') : t('silent', { names: silent.join(', ') })}
      />
    </dl>
  );
}

function Figure({ name, value, sub }: { name: string; value: string; sub?: ReactNode }) {
  return (
    <div className="min-h-18 bg-panel px-3 py-2">
      <dt className="text-muted">{name}</dt>
      <dd className="font-mono text-xl font-medium">{value}</dd>
      {sub && <dd className="text-sm text-muted">{sub}</dd>}
    </div>
  );
}
