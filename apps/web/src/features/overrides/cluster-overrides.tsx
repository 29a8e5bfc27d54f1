'use client';
// The overrides of a cluster: which directors hold each, and what can be done about it. Nothing where there are none.
import type { ClusterDefinition, Override } from '@weir/model';
import { Button, DataTable, Panel, StatusGlyph, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { NeedsRole } from '../session/person.tsx';
import { useNow } from '../time/now.ts';
import { Since } from '../time/when.tsx';
import { EndOverride } from './end-override.tsx';
import { KeepOverride } from './keep-override.tsx';
import { overrideRows, type OverrideRow } from './standing.ts';
import { useOverrides, useSetThere } from './use-overrides.ts';
import { useOverrideText } from './use-override-text.ts';

export function ClusterOverrides({ cluster }: { cluster: ClusterView }) {
  const t = useTranslations('overrides');
  const locale = useLocale();
  const now = useNow();
  const rows = overrideRows(useOverrides(cluster.id), now ?? 0);
  const columns = useColumns(cluster);
  if (rows.length === 0) return null;
  return (
    <Panel title={t('overrides')} sub={t('precedence')} padded={false}>
      <DataTable caption={t('overrides')} columns={columns} rows={rows} rowId={({ override }) => override.id} locale={locale} />
    </Panel>
  );
}

function useColumns(cluster: ClusterView): Column<OverrideRow>[] {
  const t = useTranslations('overrides');
  return useMemo(() => {
    const { definition } = cluster.head;
    return [
      { id: 'realServer', header: t('realServer'), cell: ({ override }) => namesOf(definition, override) },
      { id: 'effect', header: t('effect'), cell: (row) => <Effect row={row} /> },
      { id: 'reason', header: t('reason'), cell: ({ override }) => <span className="block max-w-96 truncate" title={override.reason || undefined}>{override.reason || '—'}</span> },
      { id: 'held', header: t('heldBy'), cell: (row) => <HeldBy clusterId={cluster.id} row={row} /> },
      { id: 'tasks', header: t('tasks'), hideHeader: true, cell: (row) => <Tasks cluster={cluster} row={row} /> },
    ];
  }, [t, cluster]);
}

function namesOf({ services }: ClusterDefinition, { target }: Override): string {
  const service = services.find(({ id }) => id === target.serviceId);
  const realServer = service?.realServers.find(({ id }) => id === target.realServerId);
  return `${realServer?.name ?? target.realServerId} · ${service?.name ?? target.serviceId}`;
}

function Effect({ row: { override, definedWeight, waits } }: { row: OverrideRow }) {
  const text = useOverrideText(override.target.clusterId);
  return waits ? <span className="text-muted">{text.short(override)}</span> : text.whole(override, definedWeight);
}

/** Who holds it, and who was silent when it was set: the panel gives it to nobody by itself. */
function HeldBy({ clusterId, row: { override, holders, lacking } }: { clusterId: string; row: OverrideRow }) {
  const t = useTranslations('overrides');
  const { setThere, busy } = useSetThere(clusterId);
  return (
    <ul className="flex flex-wrap items-center gap-x-3">
      {holders.map(({ directorId, name, link, heardAtMs }) => (
        <li key={directorId} className="flex items-center gap-1.5">
          <StatusGlyph status={link === 'connected' ? 'up' : 'stale'} label={t('held')} /> {name}
          {link !== 'connected' && heardAtMs !== null && <span className="text-muted"><Since atMs={heardAtMs} /></span>}
        </li>
      ))}
      {lacking.map(({ directorId, name, link, heardAtMs }) => (
        <li key={directorId} className="flex items-center gap-1.5">
          <StatusGlyph status={link === 'connected' ? 'degraded' : 'stale'} label={t('notHeld')} /> <span className="text-warn">{t('lacksIt', { director: name })}</span>
          {link !== 'connected' && heardAtMs !== null && <span className="text-muted"><Since atMs={heardAtMs} /></span>}
          <NeedsRole needs="operator" clusterId={clusterId} silent>
            <Button variant="quiet" className="h-7" busy={busy} onClick={() => setThere(override.id, directorId)}>{t('setThere', { director: name })}</Button>
          </NeedsRole>
        </li>
      ))}
    </ul>
  );
}

const ownCauses: readonly Override['cause'][] = ['health', 'slowStart'];

function Tasks({ cluster, row }: { cluster: ClusterView; row: OverrideRow }) {
  const { override } = row;
  if (ownCauses.includes(override.cause)) return null;
  return (
    <NeedsRole needs="operator" clusterId={cluster.id} silent>
      <span className="flex items-center justify-end gap-1">
        <KeepOverride cluster={cluster} override={override} />
        <EndOverride cluster={cluster} row={row} />
      </span>
    </NeedsRole>
  );
}
