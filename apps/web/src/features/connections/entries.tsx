'use client';
// Connections as rows, as `ipvsadm -Lnc` has them.
import { formatEndpoint, type Connection } from '@weir/model';
import { Badge, DataTable, durationText, Empty, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';

interface Row extends Connection {
  readonly id: string;
}

function virtualOf({ vip, virtualPort, mark }: Connection, markText: (mark: number) => string): string {
  if (vip !== null) return formatEndpoint(vip, virtualPort ?? 0);
  return mark === null ? '—' : markText(mark);
}

export function Entries({ caption, entries }: { caption: string; entries: readonly Connection[] }) {
  const t = useTranslations('connections');
  const locale = useLocale();
  const withDip = entries.some(({ dip }) => dip !== null);
  const columns = useMemo((): Column<Row>[] => [
    { id: 'protocol', header: t('protocol'), mono: true, cell: ({ protocol }) => protocol.toUpperCase() },
    { id: 'client', header: t('client'), mono: true, sortBy: ({ cip }) => cip, cell: ({ cip, clientPort }) => formatEndpoint(cip, clientPort) },
    { id: 'virtual', header: t('virtual'), mono: true, cell: (row) => virtualOf(row, (mark) => t('mark', { mark: String(mark) })) },
    ...(withDip ? [{ id: 'dip', header: 'DIP', mono: true, cell: ({ dip, directorPort }: Row) => (dip === null ? '—' : formatEndpoint(dip, directorPort ?? 0)) }] : []),
    { id: 'realServer', header: t('realServer'), mono: true, sortBy: ({ rip }) => rip, cell: ({ rip, realPort }) => formatEndpoint(rip, realPort) },
    { id: 'state', header: t('state'), mono: true, sortBy: ({ state }) => state, cell: ({ state, template }) => <State state={state} template={template} /> },
    { id: 'expires', header: t('expires'), numeric: true, sortBy: ({ expiresInMs }) => expiresInMs, cell: ({ expiresInMs }) => durationText(expiresInMs) },
    { id: 'origin', header: t('origin'), cell: ({ origin }) => (origin === null ? '—' : t(`origins.${origin}`)) },
  ], [t, withDip]);
  const rows = useMemo(() => entries.map((entry, at): Row => ({ ...entry, id: String(at) })), [entries]);
  return (
    <DataTable
      caption={caption} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} className="max-h-[32rem]"
      empty={<Empty title={t('none')} why={t('noneWhy')} />}
    />
  );
}

function State({ state, template }: Pick<Connection, 'state' | 'template'>) {
  const t = useTranslations('connections');
  return <span className="inline-flex items-center gap-1.5">{state}{template && <Badge>{t('template')}</Badge>}</span>;
}
