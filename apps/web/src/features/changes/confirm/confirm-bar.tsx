'use client';
// A change of this cluster that waits for a person, on each of its pages: what for, how long still, and the words that end it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { StatusGlyph } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { ApplySummary } from '../../../server/changes/change-view.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { NeedsRole } from '../../session/person.tsx';
import { Failure } from '../../states/failure.tsx';
import { LinkButton } from '../../states/link-button.tsx';
import { ConfirmActions } from './confirm-actions.tsx';
import { Countdown } from './countdown.tsx';
import { confirmationGlyph } from './confirmation-glyph.ts';

// One that runs may ask a person at any moment, with little time to answer.
const runningEveryMs = 500;
const openEveryMs = 1_000;
const idleEveryMs = 3_000;

function everyMs(apply: ApplySummary | null | undefined): number {
  if (apply === null || apply === undefined) return idleEveryMs;
  return apply.finishedAt === null ? runningEveryMs : openEveryMs;
}

function asksAPerson(apply: ApplySummary | null | undefined): apply is ApplySummary {
  return apply !== null && apply !== undefined && (apply.held !== null || apply.leftOver.length > 0 || apply.directors.some(({ confirmation }) => confirmation === 'waiting'));
}

/** `applyId`: the page of an apply says of that one alone. */
export function ConfirmBar({ clusterId, applyId }: { clusterId: string; applyId?: string }) {
  const trpc = useTRPC();
  const open = useQuery(trpc.changes.open.queryOptions({ clusterId }, { refetchInterval: ({ state }) => everyMs(state.data) }));
  const apply = open.data;
  if (!asksAPerson(apply) || (applyId !== undefined && apply.id !== applyId)) return null;
  return <Bar apply={apply} asOfMs={open.dataUpdatedAt} linked={applyId === undefined} />;
}

function Bar({ apply, asOfMs, linked }: { apply: ApplySummary; asOfMs: number; linked: boolean }) {
  const t = useTranslations('confirm');
  const { confirm, held, directors, leftOver } = apply;
  const said = useSaid();
  const running = apply.finishedAt === null;
  const waits = directors.some(({ confirmation }) => confirmation === 'waiting');
  return (
    <section aria-label={t('region')} className={`${linked ? 'mb-3' : ''} flex flex-col gap-2 rounded-sm border border-warn bg-panel px-3 py-2`}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <output className="font-medium"><Sentence apply={apply} /></output>
        {confirm !== null && (waits || running) && confirm.answer === null && confirm.leftMs !== null && <Countdown to="back" leftMs={confirm.leftMs} asOfMs={asOfMs} />}
        {confirm === null && held !== null && <Countdown to="held" leftMs={held.leftMs} asOfMs={asOfMs} />}
        {linked && <Link href={`/changes/${apply.id}`} className="underline">{t('toChange')}</Link>}
        <div className="ml-auto flex flex-wrap gap-2">
          {leftOver.length > 0 && <LinkButton href={`/clusters/${apply.clusterId}/change`}>{t('review')}</LinkButton>}
          <NeedsRole needs="operator" clusterId={apply.clusterId} what={t('confirm')}>
            <ConfirmActions confirm={waits || running ? confirm : null} held={held !== null} running={running} busy={said.isPending} onSay={(word) => said.mutate({ word, apply })} />
          </NeedsRole>
        </div>
      </div>
      <ul className="flex flex-wrap gap-x-4">
        {directors.flatMap(({ directorId, name, confirmation }) => (confirmation === null ? [] : [
          <li key={directorId ?? name} className="flex gap-1.5">{name} <StatusGlyph status={confirmationGlyph[confirmation]} label={t(`states.${confirmation}`)} showLabel /></li>,
        ]))}
      </ul>
      {said.error !== null && <Failure what={t('failed')} error={said.error} />}
    </section>
  );
}

function Sentence({ apply }: { apply: ApplySummary }) {
  const t = useTranslations('confirm');
  const { confirm, held, finishedAt, directors, revision, leftOver } = apply;
  const names = directors.filter(({ confirmation }) => confirmation === 'waiting').map(({ name }) => name).join(', ');
  const answer = confirm?.answer ?? null;
  if (answer !== null && (names !== '' || leftOver.length === 0)) return t(answer.kind === 'confirm' ? 'confirmed' : 'goingBack', { by: answer.by, revision, names });
  if (held !== null) {
    const waits = directors.filter(({ state }) => state === 'waiting');
    const first = directors.find(({ state }) => state !== 'waiting' && state !== 'notSent');
    return t('held', { first: first?.name ?? '', others: waits.length });
  }
  if (names === '' && leftOver.length > 0) return t('leftOver', { revision, names: leftOver.join(', ') });
  return t(finishedAt === null ? 'applying' : 'waits', { revision });
}

export type ConfirmWord = 'confirm' | 'revertNow' | 'goOn' | 'stopHere';

function useSaid() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const confirm = useMutation(trpc.changes.confirm.mutationOptions());
  const revertNow = useMutation(trpc.changes.revertNow.mutationOptions());
  const goOn = useMutation(trpc.changes.goOn.mutationOptions());
  const stopHere = useMutation(trpc.changes.stopHere.mutationOptions());
  const mutations = { confirm, revertNow, goOn, stopHere };
  return useMutation({
    mutationFn: ({ word, apply }: { word: ConfirmWord; apply: ApplySummary }) => mutations[word].mutateAsync({ clusterId: apply.clusterId, applyId: apply.id }),
    onSettled: () => Promise.all([queryClient.invalidateQueries(trpc.changes.pathFilter()), queryClient.invalidateQueries(trpc.clusters.pathFilter())]),
  });
}
