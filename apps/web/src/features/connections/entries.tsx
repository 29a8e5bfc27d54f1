'use client';
// Connections as rows, as `ipvsadm -Lnc` has them; a client leads to where its next one would go.
import { formatEndpoint, type Connection } from '@weir/model';
import { Badge, DataTable, durationText, Empty, type Column } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { addressOf, type ConnectionsView } from '../../server/connections/filter.ts';

interface Row extends Connection {
  readonly id: string;
}

function virtualOf({ vip, virtualPort, mark }: Connection, markText: (mark: number) => string): string {
  if (vip !== null) return formatEndpoint(vip, virtualPort ?? 0);
  return mark === null ? '—' : markText(mark);
}

function dipOf({ dip, directorPort }: Connection): string {
  return dip === null ? '—' : formatEndpoint(dip, directorPort ?? 0);
}

export interface EntriesProps {
  caption: string;
  entries: readonly Connection[];
  view: ConnectionsView;
}

export function Entries({ caption, entries, view }: EntriesProps) {
  const t = useTranslations('connections');
  const locale = useLocale();
  const withDip = entries.some(({ dip }) => dip !== null);
  const columns = useMemo((): Column<Row>[] => {
    const virtual = (row: Row) => virtualOf(row, (mark) => t('mark', { mark: String(mark) }));
    return [
      { id: 'protocol', header: t('protocol'), mono: true, wideOnly: true, cell: ({ protocol }) => protocol.toUpperCase() },
      { id: 'client', header: t('client'), mono: true, sortBy: ({ cip }) => cip, cell: (row) => <Client row={row} virtual={virtual(row)} view={view} /> },
      { id: 'virtual', header: t('virtual'), mono: true, wideOnly: true, cell: (row) => <Address text={virtual(row)} /> },
      ...(withDip ? [{ id: 'dip', header: 'DIP', mono: true, wideOnly: true, cell: (row: Row) => <Address text={dipOf(row)} /> }] : []),
      { id: 'realServer', header: t('realServer'), mono: true, wideOnly: true, sortBy: ({ rip }) => rip, cell: ({ rip, realPort }) => <Address text={formatEndpoint(rip, realPort)} /> },
      { id: 'state', header: t('state'), mono: true, wideOnly: true, sortBy: ({ state }) => state, cell: (row) => <State {...row} /> },
      { id: 'expires', header: t('expires'), numeric: true, wideOnly: true, sortBy: ({ expiresInMs }) => expiresInMs, cell: ({ expiresInMs }) => durationText(expiresInMs, locale) },
      { id: 'origin', header: t('origin'), wideOnly: true, cell: ({ origin }) => (origin === null ? '—' : t(`origins.${origin}`)) },
    ];
  }, [t, locale, withDip, view]);
  const rows = useMemo(() => entries.map((entry, at): Row => ({ ...entry, id: String(at) })), [entries]);
  return (
    <DataTable
      caption={caption} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} className="max-h-[32rem]"
      empty={<Empty title={t('none')} why={t('noneWhy')} />}
    />
  );
}

/** Wraps only where a long one leaves others no room. */
function Address({ text }: { text: string }) {
  return <span className="whitespace-normal wrap-anywhere">{text}</span>;
}

/** From whichever port a new one comes. */
function following({ port: _port, ...view }: ConnectionsView, follow: string): ConnectionsView {
  return { ...view, follow };
}

/** On a narrow screen all of a connection stands here. */
function Client({ row, virtual, view }: { row: Row; virtual: string; view: ConnectionsView }) {
  const { cip, clientPort, rip, realPort, protocol, expiresInMs, dip, template } = row;
  const client = formatEndpoint(cip, clientPort);
  const locale = useLocale();
  return (
    <div className="py-0.5 whitespace-normal wrap-anywhere">
      <span className="flex flex-wrap gap-x-2 text-sm text-muted md:hidden">{protocol.toUpperCase()} <State {...row} /> {durationText(expiresInMs, locale)}</span>
      {template ? client : <Link href={`?${addressOf(following(view, cip))}`} className="text-text underline">{client}</Link>}
      <span className="block md:hidden">→ {virtual}</span>
      <span className="block md:hidden">→ {dip !== null && `${dipOf(row)} → `}{formatEndpoint(rip, realPort)}</span>
    </div>
  );
}

function State({ state, template }: Pick<Connection, 'state' | 'template'>) {
  const t = useTranslations('connections');
  return <span className="inline-flex items-center gap-1.5">{state}{template && <Badge>{t('template')}</Badge>}</span>;
}
