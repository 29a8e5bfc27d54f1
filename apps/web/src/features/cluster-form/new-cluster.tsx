'use client';
// A new cluster. What is typed is kept as a draft, of which each person has one.
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Notice } from '@weir/ui';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DraftView } from '../../server/drafts/draft-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import type { BegunDraft } from '../drafts/draft-keeper.ts';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';
import type { KnownDirector } from './definition/findings.ts';
import { ViewSwitch } from './editor-view.tsx';
import { useInitialDefinition } from './definition/use-initial-definition.ts';
import { NewForm } from './new-form.tsx';

const once = { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export function NewCluster() {
  const t = useTranslations('clusterForm');
  return (
    <Page>
      <PageHead title={t('newTitle')} actions={<NeedsRole needs="operator" silent><ViewSwitch /></NeedsRole>} />
      <NeedsRole needs="operator" what={t('newTitle')}><Begin /></NeedsRole>
    </Page>
  );
}

function Begin() {
  const t = useTranslations('clusterForm');
  const drafts = useTranslations('drafts');
  const trpc = useTRPC();
  const directors = useQuery(trpc.directors.list.queryOptions());
  const draft = useQuery(trpc.drafts.mineNew.queryOptions({}, once));
  const [times, setTimes] = useState(0);
  const again = async () => {
    await draft.refetch();
    setTimes(times + 1);
  };
  return (
    <Loaded query={directors} failed={t('directorsFailed')} rows={8}>
      {(known) => (known.length === 0
        ? <Empty title={t('noDirectors')} why={t('noDirectorsWhy')} action={<LinkButton href="/directors">{t('toDirectors')}</LinkButton>} />
        : (
          <Loaded query={draft} failed={drafts('loadFailed')} rows={8}>
            {(kept) => <Sitting key={times} directors={known} kept={kept} onReload={() => void again()} />}
          </Loaded>
        ))}
    </Loaded>
  );
}

interface SittingProps {
  directors: readonly KnownDirector[];
  kept: DraftView | null;
  onReload: () => void;
}

interface Begun {
  readonly number: number;
  readonly draft: BegunDraft | null;
  readonly rebased: boolean;
}

function Sitting({ directors, kept, onReload }: SittingProps) {
  const { initial, brought } = useInitialDefinition(directors);
  const asBrought = (version: number | null): Begun | null => (
    brought === null ? null : { number: 1, draft: { values: { definition: brought, reason: '' }, version, updatedAt: null }, rebased: true });
  const [begun, setBegun] = useState<Begun | null>(() => (kept === null ? asBrought(null) : null) ?? (brought === null ? { number: 0, draft: kept, rebased: false } : null));
  if (begun === null && kept !== null) {
    return <Instead kept={kept} onKept={() => setBegun({ number: 0, draft: kept, rebased: false })} onBrought={() => setBegun(asBrought(kept.version))} />;
  }
  return begun !== null && (
    <NewForm
      key={begun.number} initial={initial} draft={begun.draft} rebased={begun.rebased} directors={directors} onReload={onReload}
      onDraft={(draft) => setBegun((before) => ({ number: (before?.number ?? 0) + 1, draft, rebased: true }))}
    />
  );
}

/** A person has one draft of a new cluster: what is brought along would take its place. */
function Instead({ kept: { updatedAt }, onKept, onBrought }: { kept: DraftView; onKept: () => void; onBrought: () => void }) {
  const t = useTranslations('drafts');
  const time = momentText(updatedAt.getTime(), useNow() ?? updatedAt.getTime(), useLocale());
  return (
    <div className="flex flex-col gap-2">
      <Notice tone="warn" what={t('newSince', { time })} why={t('insteadWhy')} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onBrought}>{t('insteadBrought')}</Button>
        <Button onClick={onKept}>{t('insteadKept')}</Button>
      </div>
    </div>
  );
}
