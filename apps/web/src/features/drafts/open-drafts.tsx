'use client';
// Who has a draft open: one's own as a way back to it, others' by name.
import { useQuery } from '@tanstack/react-query';
import { Badge, StatusGlyph } from '@weir/ui';
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import type { OpenDraft } from '../../server/drafts/draft-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';

const refreshMs = 5_000;

/** Of a cluster; null: of one that is not there yet, which can only be one's own. */
export function useOpenDrafts(clusterId: string | null): readonly OpenDraft[] {
  const open = useQuery(useTRPC().drafts.open.queryOptions({}, { refetchInterval: refreshMs }));
  return open.data?.filter((draft) => draft.clusterId === clusterId) ?? [];
}

function useMoment(): (at: Date) => string {
  const locale = useLocale();
  const now = useNow();
  return (at) => momentText(at.getTime(), now ?? at.getTime(), locale);
}

/** In a list of clusters. */
export function DraftMarks({ clusterId }: { clusterId: string }) {
  const t = useTranslations('drafts');
  return useOpenDrafts(clusterId).map(({ own, name }) => (
    <Badge key={own ? '' : name} tone="draft">
      {own ? <Link href={`/clusters/${clusterId}/edit`}>◇ {t('mark')}</Link> : <>◇ {t('markOf', { name })}</>}
    </Badge>
  ));
}

/** On the page of a cluster: one line for each. */
export function DraftsOpen({ clusterId }: { clusterId: string }) {
  const t = useTranslations('drafts');
  const moment = useMoment();
  return useOpenDrafts(clusterId).map(({ own, name, startedAt }) => (
    <p key={own ? '' : name} className="flex items-center gap-2">
      <StatusGlyph status="draft" label={own ? t('ownSince', { time: moment(startedAt) }) : t('othersSince', { name, time: moment(startedAt) })} showLabel />
      {own && <Link className="underline" href={`/clusters/${clusterId}/edit`}>{t('goOn')}</Link>}
    </p>
  ));
}

/** While one edits: who else does. */
export function OthersDrafts({ clusterId }: { clusterId: string }) {
  const t = useTranslations('drafts');
  const moment = useMoment();
  return useOpenDrafts(clusterId).filter(({ own }) => !own).map(({ name, startedAt }) => (
    <StatusGlyph key={name} status="draft" label={t('othersSince', { name, time: moment(startedAt) })} showLabel />
  ));
}

export function NewClusterDraft() {
  const t = useTranslations('drafts');
  const moment = useMoment();
  return useOpenDrafts(null).map(({ startedAt }) => (
    <p key="new" className="flex items-center gap-2">
      <StatusGlyph status="draft" label={t('newSince', { time: moment(startedAt) })} showLabel />
      <Link className="underline" href="/clusters/new">{t('goOn')}</Link>
    </p>
  ));
}
