'use client';
// The services that matter most, and the filter over them, which stays in the address.
import { Button, Empty, Kbd, Panel, Skeleton, TextInput } from '@weir/ui';
import Link from 'next/link';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { LiveTick } from '../../../live/topic.ts';
import type { ClusterSummary } from '../../../server/clusters/cluster-view.ts';
import { useSlash } from '../../events/filter/use-slash.ts';
import { useTopic } from '../../live/live-provider.tsx';
import { LinkButton } from '../../states/link-button.tsx';
import { toldTroubles, useTroubleText } from './line-state.tsx';
import { fitting } from './matches.ts';
import { Others } from './others.tsx';
import { ServicesTable } from './services-table.tsx';
import { sparks } from './sparks.ts';
import { useView } from './use-view.ts';

export function ServicesPanel({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const t = useTranslations('overview');
  const { shown } = useTopic('overview');
  const lines = shown.latest?.lines;
  const [{ filter, sort }, change] = useView();
  const clusterName = useMemo(() => nameIn(clusters.map(({ id, name }) => [id, name])), [clusters]);
  const drawn = useMemo(() => sparks(shown), [shown]);
  const fit = useFitting(shown.latest, filter, clusterName);
  const noneFits = <Empty title={t('noMatch', { filter })} why={t('filterHint')} action={<Button onClick={() => change({ filter: '' })}>{t('clearFilter')}</Button>} />;
  const none = <Empty title={t('noServices')} why={t('noServicesWhy')} action={<LinkButton href="/clusters">{t('toClusters')}</LinkButton>} />;
  return (
    <Panel
      className="xl:min-h-0 xl:flex-1" padded={false} title={t('services')}
      sub={lines !== undefined && t('servicesSub', { all: lines.services, troubled: lines.troubled })}
      actions={<FilterInput filter={filter} onFilter={(text) => change({ filter: text })} />}
    >
      {lines === undefined ? <Skeleton label={t('loading')} rows={15} className="xl:h-full xl:overflow-hidden" /> : (
        <div className="flex min-h-0 flex-col xl:h-full">
          <div className="min-h-0 flex-1">
            <ServicesTable
              lines={fit} sparks={drawn} clusterName={clusterName} sort={sort} onSort={(next) => change({ sort: next })} empty={lines.services === 0 ? none : noneFits}
            />
          </div>
          {lines.services > lines.shown.length && filter.trim() !== '' && <Others filter={filter} lines={lines.shown} clusterName={clusterName} />}
          {lines.services > lines.shown.length && (
            <p className="flex flex-wrap gap-x-3 border-t border-line px-3 py-1 text-sm text-muted">
              {t('rest', { shown: lines.shown.length, all: lines.services })} <Link href="/clusters">{t('allServices')}</Link>
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

function nameIn(names: readonly (readonly [string, string])[]): (id: string) => string {
  const byId = new Map(names);
  return (id) => byId.get(id) ?? id;
}

/** The lines that fit by all that a row shows, and by its directors. */
function useFitting(tick: LiveTick | null, filter: string, clusterName: (id: string) => string) {
  const text = useTroubleText();
  const directorName = nameIn((tick?.directors ?? []).map(({ directorId, name }) => [directorId, name]));
  return fitting(tick?.lines?.shown ?? [], filter, (line) => {
    const troubles = toldTroubles(line);
    return [clusterName(line.clusterId), ...line.directors.map(directorName), ...(troubles.length === 0 ? [text(line, null)] : troubles.map((trouble) => text(line, trouble)))];
  });
}

function FilterInput({ filter, onFilter }: { filter: string; onFilter: (text: string) => void }) {
  const t = useTranslations('overview');
  const input = useRef<HTMLInputElement>(null);
  useSlash(() => input.current?.select());
  return (
    <span className="flex w-72 max-w-full items-center gap-2">
      <span className="max-md:hidden" aria-hidden="true"><Kbd>/</Kbd></span>
      <TextInput
        ref={input} type="search" className="max-md:h-10" aria-label={t('filter')} aria-keyshortcuts="/" placeholder={t('filterHint')}
        value={filter} onChange={(event) => onFilter(event.target.value)} onKeyDown={leave}
      />
    </span>
  );
}

/** Enter leads to the first of the rows, Escape back to the page. */
function leave(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key === 'Enter') event.currentTarget.closest('section')?.querySelector<HTMLElement>('tbody tr[tabindex="0"]')?.focus();
}
