'use client';
// Clusters, their directors, services and real servers in small: where the trouble is, and how packets get there.
import { Panel, Skeleton, StatusGlyph, Wire } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { ServiceLine } from '../../../live/service-line.ts';
import type { ClusterSummary } from '../../../server/clusters/cluster-view.ts';
import { useTopic } from '../../live/live-provider.tsx';
import { glyphOf, toldTroubles, useTroubleText } from '../services/line-state.tsx';
import { pageOf } from '../services/services-table.tsx';
import { groupsOf } from './groups.ts';
import { RealServers } from './real-servers.tsx';

const linesInSight = 24;

export function Topology({ clusters }: { clusters: readonly ClusterSummary[] }) {
  const t = useTranslations('overview');
  const { shown } = useTopic('overview');
  const lines = shown.latest?.lines?.shown;
  const { groups, left } = groupsOf(lines ?? [], linesInSight);
  return (
    <Panel title={t('topology')} className="xl:min-h-40 xl:flex-1" padded={false}>
      {lines === undefined ? <Skeleton label={t('loading')} rows={6} className="xl:h-full xl:overflow-hidden" /> : (
        // The keyboard scrolls it by its links.
        <div className="relative xl:h-full xl:overflow-y-auto">
          <ul>
            {groups.map((group) => <Cluster key={group.clusterId} lines={group.lines} clusterId={group.clusterId} cluster={clusters.find(({ id }) => id === group.clusterId)} />)}
          </ul>
          {left > 0 && <p className="px-3 py-1 text-sm text-muted">{t('more', { count: left })}</p>}
        </div>
      )}
    </Panel>
  );
}

function Cluster({ clusterId, cluster, lines }: { clusterId: string; cluster: ClusterSummary | undefined; lines: readonly ServiceLine[] }) {
  const links = useTranslations('links');
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,3fr)] border-b border-line py-1 last:border-b-0">
      <div className="min-w-0 self-start pl-3">
        <Link href={`/clusters/${clusterId}`} className="block truncate leading-6" title={cluster?.name}>{cluster?.name ?? clusterId}</Link>
        {cluster?.directors.map(({ directorId, name, link }) => (
          <span key={directorId} className="flex min-w-0 items-center gap-1 text-sm text-muted" title={`${name}: ${links(link)}`}>
            <StatusGlyph status={link === 'connected' ? 'up' : link === 'connecting' ? 'unknown' : link === 'silent' ? 'stale' : 'down'} label={links(link)} />
            <span className="truncate">{name}</span>
          </span>
        ))}
      </div>
      <ul className="min-w-0 pr-2">{lines.map((line) => <Service key={line.serviceId} line={line} />)}</ul>
    </li>
  );
}

/** A branch of its cluster: VIP and port, the wire, the real servers. */
function Service({ line }: { line: ServiceLine }) {
  const methods = useTranslations('methods');
  const text = useTroubleText();
  const stale = line.troubles.includes('silent');
  const [, address = line.key] = line.key.split(' ');
  return (
    <li className={`relative flex h-6 min-w-0 items-center gap-1.5 pl-5 before:absolute before:top-0 before:left-1.5 before:h-full before:border-l before:border-line-strong after:absolute after:top-1/2 after:left-1.5 after:w-2.5 after:border-t after:border-line-strong first:before:top-1/2 first:before:h-1/2 last:before:h-1/2 only:before:hidden ${stale ? 'weir-stale' : ''}`}>
      <StatusGlyph status={stale ? 'stale' : glyphOf(line)} label={text(line, toldTroubles(line)[0] ?? null)} />
      <Link href={pageOf(line)} className="min-w-0 truncate font-mono text-sm leading-6 no-underline hover:underline" title={`${line.name} · ${line.key}`}>{address}</Link>
      {line.method !== null && <Wire method={line.method} label={methods(line.method)} className="scale-90" />}
      <RealServers of={line.realServers} />
    </li>
  );
}
