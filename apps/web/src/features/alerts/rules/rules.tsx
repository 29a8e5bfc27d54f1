'use client';
// What alerts watch, where they go, and by which mail server.
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, DataTable, Panel, StatusGlyph, durationText, type Column } from '@weir/ui';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { AlertRule } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Channels } from '../channels/channels.tsx';
import { MailServerPanel } from '../mail/mail-server.tsx';
import { NeedsRole, useMay } from '../../session/person.tsx';
import { LinkButton } from '../../states/link-button.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { Page, PageHead } from '../../states/page-head.tsx';
import { EditRule } from './edit-rule.tsx';
import { useNames, type Names } from './use-names.ts';
import { useQuietText } from './use-rule-text.ts';

export function AlertRules() {
  const t = useTranslations('alertRules');
  return (
    <Page>
      <PageHead title={t('title')} sub={t('why')} actions={<LinkButton href="/alerts">{t('toAlerts')}</LinkButton>} />
      <Rules />
      <NeedsRole needs="admin" what={t('channels')}>
        <Channels />
        <MailServerPanel />
      </NeedsRole>
    </Page>
  );
}

function Rules() {
  const t = useTranslations('alertRules');
  const rules = useQuery(useTRPC().alerts.rules.queryOptions());
  const names = useNames();
  const [edited, setEdited] = useState<AlertRule | null>(null);
  return (
    <Panel title={t('rules')} padded={false}>
      <Loaded query={rules} failed={t('loadFailed')} rows={7}>{(rows) => <RuleTable rules={rows} names={names} onEdit={setEdited} />}</Loaded>
      {edited !== null && <EditRule rule={edited} onClose={() => setEdited(null)} />}
    </Panel>
  );
}

interface RuleTableProps {
  rules: readonly AlertRule[];
  names: Names;
  onEdit: (rule: AlertRule) => void;
}

function RuleTable({ rules, names, onEdit }: RuleTableProps) {
  const t = useTranslations('alertRules');
  const locale = useLocale();
  const admin = useMay('admin');
  const columns = useMemo((): Column<AlertRule>[] => [
    { id: 'kind', header: t('kind'), cell: (rule) => <Kind rule={rule} /> },
    { id: 'after', header: t('holds'), wideOnly: true, numeric: true, cell: ({ forSeconds }) => (forSeconds === 0 ? t('atOnce') : durationText(forSeconds * 1_000, locale)) },
    { id: 'group', header: t('gathered'), wideOnly: true, numeric: true, cell: ({ groupSeconds }) => (groupSeconds === 0 ? t('notGathered') : durationText(groupSeconds * 1_000, locale)) },
    { id: 'clusters', header: t('clusters'), wideOnly: true, cell: ({ clusterIds }) => <Wrapped>{clusterIds === null ? t('everyCluster') : clusterIds.map(names.cluster).join(', ')}</Wrapped> },
    { id: 'quiet', header: t('quiet'), wideOnly: true, cell: (rule) => <Wrapped><Quiet rule={rule} /></Wrapped> },
    { id: 'channels', header: t('channels'), cell: ({ channelIds }) => <Wrapped>{channelIds.length === 0 ? t('pageOnly') : names.channels(channelIds)}</Wrapped> },
    ...admin ? [{ id: 'edit', header: t('edit'), hideHeader: true, cell: (rule: AlertRule) => <Button className="md:h-7 max-md:h-10" aria-label={t('editRule', { rule: t(`kinds.${rule.kind}`) })} onClick={() => onEdit(rule)}>{t('edit')}</Button> }] : [],
  ], [t, locale, admin, names, onEdit]);
  return <DataTable caption={t('rules')} columns={columns} rows={rules} rowId={({ kind }) => kind} locale={locale} />;
}

function Kind({ rule: { kind, on, days, forSeconds } }: { rule: AlertRule }) {
  const t = useTranslations('alertRules');
  const locale = useLocale();
  return (
    <span className="flex min-w-28 flex-wrap items-center gap-x-3 py-1 whitespace-normal">
      <span className="font-medium md:w-40">{t(`kinds.${kind}`)}</span>
      {on ? <StatusGlyph status="up" label={t('on')} showLabel /> : <Badge>{t('off')}</Badge>}
      {days !== null && <span className="text-muted">{t('daysBefore', { days })}</span>}
      <span className="text-muted md:hidden">{forSeconds === 0 ? t('atOnce') : t('after', { span: durationText(forSeconds * 1_000, locale) })}</span>
      {kind === 'certificateEnding' && <span className="basis-full text-sm text-muted wrap-anywhere"><Certificate /></span>}
    </span>
  );
}

/** Which one, or that there is none. */
function Certificate() {
  const t = useTranslations('alertRules.certificate');
  const locale = useLocale();
  const { data } = useQuery(useTRPC().alerts.certificate.queryOptions());
  if (data === undefined) return null;
  return data === null ? t('none') : t('served', { subject: data.subject, endsAt: new Date(data.endsAtMs).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }) });
}

function Quiet({ rule: { quietHours } }: { rule: AlertRule }) {
  const t = useTranslations('alertRules');
  const text = useQuietText();
  return quietHours === null ? t('neverQuiet') : text(quietHours);
}

function Wrapped({ children }: { children: React.ReactNode }) {
  return <span className="block min-w-20 whitespace-normal wrap-anywhere">{children}</span>;
}
