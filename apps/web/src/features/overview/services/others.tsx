'use client';
// Services that fit the filter and are not among those whose figures come each second.
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { lineId, type ServiceLine } from '../../../live/service-line.ts';
import { useFound } from '../../palette/use-found.ts';
import { pageOf } from './services-table.tsx';

const othersMax = 8;

export function Others({ filter, lines, clusterName }: { filter: string; lines: readonly ServiceLine[]; clusterName: (id: string) => string }) {
  const t = useTranslations('overview');
  const { found, more } = useFound(filter.trim(), ['service']);
  const known = new Set(lines.map(lineId));
  const others = found
    .flatMap(({ clusterId, serviceId, name, address }) => (clusterId === null || serviceId === null ? [] : [{ clusterId, serviceId, name, address }]))
    .filter((one) => !known.has(lineId(one)));
  const left = Math.max(others.length - othersMax, 0) + more;
  if (others.length === 0 && left === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 border-t border-line px-3 py-1 text-sm">
      <span className="text-muted">{t('found')}</span>
      {others.slice(0, othersMax).map((one) => (
        <Link key={lineId(one)} href={pageOf(one)} className="max-w-60 truncate" title={`${one.name} · ${clusterName(one.clusterId)}`}>{one.name} {one.address}</Link>
      ))}
      {left > 0 && <span className="text-muted">{t('more', { count: left })}</span>}
    </p>
  );
}
