'use client';
// The services that matter most, one line each, with what they carry now and in the last five minutes.
import { DataTable, Sparkline, type Column, type SortValue, type TableSort } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useMemo, type ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { lineId, Trouble, type ServiceLine } from '../../../live/service-line.ts';
import { Figure } from '../../traffic/figure.tsx';
import { KeepsPort, protocolOf } from './keeps-port.tsx';
import { LineState } from './line-state.tsx';

export interface ServicesTableProps {
  lines: readonly ServiceLine[];
  sparks: ReadonlyMap<string, readonly (number | null)[]>;
  clusterName: (id: string) => string;
  sort: TableSort | null;
  onSort: (sort: TableSort | null) => void;
  empty: ReactNode;
}

export function pageOf({ clusterId, serviceId }: Pick<ServiceLine, 'clusterId' | 'serviceId'>): string {
  return `/clusters/${clusterId}/live?service=${serviceId}`;
}

export function ServicesTable({ lines, sparks, clusterName, sort, onSort, empty }: ServicesTableProps) {
  const t = useTranslations('overview');
  const locale = useLocale();
  const router = useRouter();
  const columns = useColumns(sparks, clusterName);
  return (
    <DataTable
      caption={t('services')} columns={columns} rows={lines} rowId={lineId} locale={locale} compact className="xl:h-full"
      sort={sort} onSort={onSort} onOpen={(line) => router.push(pageOf(line))} isStale={({ troubles }) => troubles.includes('silent')} empty={empty}
    />
  );
}

type PerSecond = keyof ServiceLine['carried']['perSecond'];

/** What cannot be seen is sorted as what is not known. */
function rateOf({ carried: { perSecond } }: ServiceLine, name: PerSecond): SortValue {
  const rate = perSecond[name];
  return typeof rate === 'number' ? rate : null;
}

function useColumns(sparks: ServicesTableProps['sparks'], clusterName: ServicesTableProps['clusterName']): Column<ServiceLine>[] {
  const t = useTranslations('overview');
  return useMemo(() => {
    const rate = (name: PerSecond, quantity: 'countPerSecond' | 'bytesPerSecond') => ({
      numeric: true, sortBy: (line: ServiceLine) => rateOf(line, name), cell: ({ carried }: ServiceLine) => <span className="inline-block max-w-20 truncate align-bottom"><Figure value={carried.perSecond[name]} quantity={quantity} /></span>,
    });
    return [
      { id: 'state', header: whole(t('state')), sortBy: ({ troubles: [first] }) => (first === undefined ? Trouble.options.length : Trouble.options.indexOf(first)), cell: (line) => <LineState line={line} /> },
      { id: 'key', header: t('service'), mono: true, sortBy: ({ key }) => key, cell: (line) => <Address line={line} /> },
      { id: 'name', header: t('name'), wideOnly: true, fills: true, sortBy: ({ name }) => name, cell: (line) => <Name line={line} cluster={clusterName(line.clusterId)} /> },
      { id: 'active', header: whole(t('activeShort')), numeric: true, wideOnly: true, sortBy: ({ carried }) => carried.active, cell: ({ carried }) => <Figure value={carried.active} quantity="count" /> },
      { id: 'spark', header: whole(t('fiveMinutes')), wideOnly: true, cell: (line) => <Sparkline values={sparks.get(lineId(line)) ?? []} width={56} label={t('trafficOf', { service: line.name })} /> },
      { id: 'new', header: whole(t('newShort')), wideOnly: true, ...rate('connections', 'countPerSecond') },
      { id: 'in', header: whole(t('in')), ...rate('bytesIn', 'bytesPerSecond') },
      { id: 'out', header: whole(t('out')), wideOnly: true, ...rate('bytesOut', 'bytesPerSecond') },
    ];
  }, [t, sparks, clusterName]);
}

/** Beside a column that takes all the room there is, words without spaces would be cut between any two signs. */
function whole(word: string): ReactNode {
  return <span className="whitespace-nowrap">{word}</span>;
}

/** On a narrow screen with its name. */
function Address({ line: { key, name } }: { line: ServiceLine }) {
  return (
    <span className="block max-w-38 leading-4 md:max-w-49">
      <span className="flex gap-1 font-sans text-sm text-muted md:hidden"><span className="truncate">{name}</span> {protocolOf(key)}</span>
      <KeepsPort text={key} />
    </span>
  );
}

function Name({ line: { name }, cluster }: { line: ServiceLine; cluster: string }) {
  return <span className="block truncate" title={`${name} · ${cluster}`}>{name} <span className="text-muted">{cluster}</span></span>;
}
