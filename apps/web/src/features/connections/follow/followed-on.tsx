'use client';
// One client on one director: a row for each service.
import { endpointKey, type FollowedService, type VirtualService } from '@weir/model';
import { Button, DataTable, durationText, Empty, Notice, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useFormatter, useLocale, useTranslations } from 'use-intl';
import type { Outputs } from '../../../trpc/client.ts';
import { FaultNotice } from '../../states/failure.tsx';
import { Since } from '../../time/when.tsx';
import { useNotes, type Holders } from './notes.ts';
import { Why } from './why-next.tsx';

type Director = Outputs['connections']['follow'][number];

export interface FollowedOnProps {
  client: string;
  director: Director;
  services: readonly VirtualService[];
  /** Who holds a VIP, by the definition; those that are not here, nobody does. */
  holders: Holders;
  onRetry: () => void;
  busy: boolean;
}

function useColumns(services: readonly VirtualService[], notesOf: (service: VirtualService) => readonly string[]): readonly Column<FollowedService>[] {
  const t = useTranslations('connections');
  const format = useFormatter();
  return useMemo(() => {
    const defined = new Map(services.map((service) => [service.id, service]));
    const notes = (serviceId: string): readonly string[] => {
      const service = defined.get(serviceId);
      return service === undefined ? [] : notesOf(service);
    };
    const now = ({ total, held }: FollowedService) => (
      <span className="whitespace-normal">
        {total === 0 ? '0' : held.map(({ endpoint, connections }) => t('ofThem', { to: endpointKey(endpoint), count: format.number(connections) })).join(', ')}
        {total > held.reduce((sum, { connections }) => sum + connections, 0) && t('ofAll', { total })}
      </span>
    );
    const kept = ({ template }: FollowedService) => <Kept template={template} />;
    const next = (row: FollowedService) => <To next={row.next} />;
    const why = ({ next: to, serviceId }: FollowedService) => (to === null ? '—' : <Why next={to} notes={notes(serviceId)} />);
    const rest: Column<FollowedService>[] = [
      { id: 'now', header: t('now'), mono: true, cell: now }, { id: 'kept', header: t('kept'), mono: true, cell: kept },
      { id: 'next', header: t('next'), mono: true, cell: next }, { id: 'why', header: t('why'), cell: why },
    ];
    const name = (row: FollowedService) => (
      <div className="min-w-24 wrap-anywhere whitespace-normal">
        {defined.get(row.serviceId)?.name ?? row.serviceId}
        {/* On a narrow screen all of it stands here. */}
        <dl className="py-1 md:hidden">
          {rest.map(({ id, header, mono, cell }) => <div key={id}><dt className="text-sm text-muted">{header}</dt><dd className={mono ? 'font-mono' : ''}>{cell(row)}</dd></div>)}
        </dl>
      </div>
    );
    return [{ id: 'service', header: t('service'), cell: name }, ...rest.map((column) => ({ ...column, wideOnly: true }))];
  }, [services, notesOf, t, format]);
}

function Kept({ template }: Pick<FollowedService, 'template'>) {
  const t = useTranslations('connections');
  const locale = useLocale();
  if (template === null) return '—';
  const { endpoint, expiresInMs } = template;
  const to = endpointKey(endpoint);
  return <span className="whitespace-normal wrap-anywhere">{expiresInMs === null ? t('templateTo', { to }) : t('templateFor', { to, time: durationText(expiresInMs, locale) })}</span>;
}

const nowhere: readonly string[] = ['nobody', 'ownerUnavailable'];

function To({ next }: Pick<FollowedService, 'next'>) {
  const t = useTranslations('connections');
  if (next === null) return '—';
  if (next.endpoint !== null) return endpointKey(next.endpoint);
  return <span className="text-muted">{nowhere.includes(next.code) ? t('nobodyNow') : t('nobodyKnows')}</span>;
}

export function FollowedOn({ client, director, services, holders, onRetry, busy }: FollowedOnProps) {
  const t = useTranslations('connections');
  const locale = useLocale();
  const columns = useColumns(services, useNotes(director.directorId, holders));
  if (director.error !== null) {
    return <div className="p-3"><FaultNotice what={t('notRead', { director: director.name })} fault={director.error} onRetry={onRetry} busy={busy} /></div>;
  }
  const { followed: { services: rows, leftOut, sample }, heardAtMs, name } = director;
  return (
    <section aria-label={t('followedBy', { client, director: name })} className="border-t border-line">
      <div className="flex flex-wrap items-center justify-between gap-2 px-3 py-1.5 text-sm">
        <span><span className="font-medium">{name}</span> <span className="text-muted">{t('read')} <Since atMs={heardAtMs} /></span></span>
        <Button onClick={onRetry} busy={busy}>{t('refresh')}</Button>
      </div>
      {sample !== null && (
        <div className="p-3 pt-0">
          <Notice tone="warn" why={t('sampledWhy')} what={sample.of === null ? t('sampledOfUnknown', { read: sample.read }) : t('sampled', { read: sample.read, of: sample.of })} />
        </div>
      )}
      <DataTable
        caption={t('followedBy', { client, director: name })} columns={columns} rows={rows} rowId={({ serviceId }) => serviceId} locale={locale} className="max-h-[24rem]"
        empty={<Empty title={t('followNone')} why={t('followNoneWhy')} />}
      />
      {leftOut > 0 && <p className="px-3 py-2 text-sm text-muted">{t('followLeftOut', { count: leftOut })}</p>}
    </section>
  );
}
