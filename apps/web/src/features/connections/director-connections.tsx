'use client';
// What one director says of its connections: when it was read, how much of the table that was, and what was found.
import type { ConnectionGrouping } from '@weir/model';
import { Notice, Panel, StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ConnectionsView } from '../../server/connections/filter.ts';
import type { Outputs } from '../../trpc/client.ts';
import { FaultNotice } from '../states/failure.tsx';
import { Since } from '../time/when.tsx';
import { Entries } from './entries.tsx';
import { GroupTable, Rest, type GroupName } from './groups.tsx';
import { countOf, StateCounts } from './state-counts.tsx';

export type Director = Outputs['connections']['find'][number];
type Said = Extract<Director, { error: null }>;

export interface DirectorConnectionsProps {
  director: Director;
  view: ConnectionsView;
  /** What groups are called. */
  nameOf: (by: ConnectionGrouping) => (key: string) => GroupName;
  /** Whether who the clients are is for them. */
  withEntries: boolean;
  onRetry: () => void;
  busy: boolean;
  /** Whether it answered another question than is asked by now. */
  before: boolean;
}

export function DirectorConnections({ director, view, nameOf, withEntries, onRetry, busy, before }: DirectorConnectionsProps) {
  const t = useTranslations('connections');
  if (director.error !== null) {
    return (
      <Panel title={director.name}>
        <FaultNotice what={t('notRead', { director: director.name })} fault={director.error} onRetry={onRetry} busy={busy} />
      </Panel>
    );
  }
  const { list, heardAtMs } = director;
  return (
    <Panel title={director.name} sub={<>{t('read')} <Since atMs={heardAtMs} /></>} actions={before && <StatusGlyph status="stale" label={t('before')} showLabel />} padded={false}>
      <Notes director={director} />
      <StateCounts list={list} view={view} />
      {view.groupBy === undefined && withEntries && <Entries caption={t('entriesOf', { director: director.name })} entries={list.entries} view={view} />}
      {view.groupBy === undefined && withEntries && <More list={list} />}
      {view.groupBy !== undefined && view.groupBy !== 'director' && <Groups director={director} nameOf={nameOf} />}
    </Panel>
  );
}

function Groups({ director: { name, list }, nameOf }: { director: Said } & Pick<DirectorConnectionsProps, 'nameOf'>) {
  const t = useTranslations('connections');
  const { groups } = list;
  if (groups === null) return <p className="px-3 py-2 text-sm text-muted">{t('noGroupsFromAgent')}</p>;
  return (
    <>
      <GroupTable caption={t('groupsOf', { director: name })} by={groups.by} groups={groups.groups} total={countOf(list)} nameOf={nameOf(groups.by)} />
      <Rest rest={groups.rest} />
    </>
  );
}

function Notes({ director: { list } }: { director: Said }) {
  const t = useTranslations('connections');
  const { sample, unreadable } = list;
  if (sample === null && unreadable === 0) return null;
  return (
    <div className="flex flex-col gap-2 p-3 pb-0">
      {sample !== null && (
        <Notice
          tone="warn" why={t('sampledWhy')}
          what={sample.of === null ? t('sampledOfUnknown', { read: sample.read }) : t('sampled', { read: sample.read, of: sample.of })}
        />
      )}
      {unreadable > 0 && <Notice tone="warn" what={t('unreadable', { count: unreadable })} />}
    </div>
  );
}

/** The first of what was found, and how to find others. */
function More({ list }: Pick<Said, 'list'>) {
  const t = useTranslations('connections');
  const { entries, templates } = list;
  const all = (countOf(list) ?? 0) + (templates ?? 0);
  return all <= entries.length ? null : <p className="px-3 py-2 text-sm text-muted">{t('more', { shown: entries.length, all })}</p>;
}
