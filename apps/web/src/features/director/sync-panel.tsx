'use client';
// The daemons with which directors tell each other of connections.
import type { SyncDaemon } from '@weir/model';
import { DataTable, Panel, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';

export function SyncPanel({ daemons }: { daemons: readonly SyncDaemon[] }) {
  const t = useTranslations('director');
  const locale = useLocale();
  const columns = useMemo((): Column<SyncDaemon>[] => [
    { id: 'role', header: t('role'), cell: ({ role }) => t(`roles.${role}`) },
    { id: 'interface', header: t('interface'), mono: true, cell: (daemon) => daemon.interface },
    { id: 'syncId', header: t('syncId'), numeric: true, cell: ({ syncId }) => syncId },
    { id: 'group', header: t('group'), mono: true, cell: ({ group }) => group ?? '—' },
    { id: 'port', header: t('port'), numeric: true, cell: ({ port }) => port ?? '—' },
    { id: 'ttl', header: t('ttl'), numeric: true, cell: ({ ttl }) => ttl ?? '—' },
    { id: 'longest', header: t('longest'), numeric: true, cell: ({ longestMessageBytes }) => (longestMessageBytes === null ? '—' : `${longestMessageBytes} B`) },
  ], [t]);
  return (
    <Panel title={t('sync')} sub={t('syncWhy')} padded={daemons.length === 0}>
      {daemons.length === 0
        ? <p className="text-muted">{t('syncNone')}</p>
        : <DataTable caption={t('sync')} columns={columns} rows={daemons} rowId={({ role }) => role} locale={locale} />}
    </Panel>
  );
}
