'use client';
// Keeps what is edited as a draft, and says quietly how that stands. Stands anywhere within the form of a cluster.
import { same, type ClusterDefinition } from '@weir/model';
import { Button, clockText, Notice, StatusGlyph } from '@weir/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useLocale, useTranslations } from 'use-intl';
import type { ClusterForm } from '../cluster-form/definition/form-values.ts';
import { useDraft } from '../cluster-form/draft/use-draft-edits.ts';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';
import { useFaultText } from '../words/use-fault-text.ts';
import type { DraftKeeper, DraftStore } from './draft-keeper.ts';

export interface DraftLineProps {
  keeper: DraftKeeper;
  store: DraftStore;
  /** What the draft changes: the same again is no draft. */
  initial: ClusterDefinition;
  /** When the draft that was opened was last saved, and the revision that it changes; null: nothing was kept. */
  opened: { readonly at: Date; readonly base: number | null } | null;
  onDiscard: () => void;
  /** Goes on with what the panel has. */
  onReload: () => void;
}

export function DraftLine({ keeper, store, initial, opened, onDiscard, onReload }: DraftLineProps) {
  const t = useTranslations('drafts');
  const { draft } = useDraft();
  const { control } = useFormContext<ClusterForm>();
  const reason = useWatch({ control, name: 'reason' });
  const state = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state);
  useEffect(() => keeper.want(same(draft, initial) && reason.trim() === '' ? null : { definition: draft, reason }), [keeper, draft, initial, reason]);
  // Whoever goes to another page of the panel takes nothing unsaved along.
  useEffect(() => () => keeper.flush(), [keeper]);
  useUnsavedGuard(keeper);
  if (state.kind === 'elsewhere' || state.kind === 'over') return <Parted keeper={keeper} store={store} over={state.kind === 'over'} onReload={onReload} />;
  const kept = state.kind === 'saved' || state.kind === 'waiting' || state.kind === 'failed';
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      {kept && opened !== null && <OpenedFrom {...opened} />}
      <Standing keeper={keeper} />
      {kept && <Button variant="quiet" className="h-7" onClick={onDiscard}>{t('discard')}</Button>}
    </div>
  );
}

function OpenedFrom({ at, base }: { at: Date; base: number | null }) {
  const t = useTranslations('drafts');
  const time = momentText(at.getTime(), useNow() ?? at.getTime(), useLocale());
  return <StatusGlyph status="draft" label={base === null ? t('fromNew', { time }) : t('from', { time, revision: base })} showLabel />;
}

function Standing({ keeper }: { keeper: DraftKeeper }) {
  const t = useTranslations('drafts');
  const locale = useLocale();
  const faultText = useFaultText();
  const state = useSyncExternalStore(keeper.subscribe, keeper.state, keeper.state);
  if (state.kind === 'failed') {
    return <output className="text-sm text-warn">{state.fault.code === 'panelUnreachable' ? t('offline') : t('failed', { why: faultText(state.fault) })}</output>;
  }
  return (
    <output className="text-sm text-muted">
      {state.kind === 'saved' && t('saved', { time: clockText(state.at.getTime(), locale) })}
      {state.kind === 'waiting' && t('waiting')}
    </output>
  );
}

/** Another tab went its own way with this draft. */
function Parted({ keeper, store, over, onReload }: Pick<DraftLineProps, 'keeper' | 'store' | 'onReload'> & { over: boolean }) {
  const t = useTranslations('drafts');
  const faultText = useFaultText();
  const [busy, setBusy] = useState(false);
  const keepMine = async () => {
    setBusy(true);
    const there = await store.read().then((kept) => ({ version: kept?.version ?? null }), () => null);
    setBusy(false);
    if (there !== null) keeper.keepMine(there.version);
  };
  return (
    <div className="flex w-full flex-col gap-2">
      <Notice tone="warn" what={faultText({ code: over ? 'draftOver' : 'draftElsewhere', params: {} })} todo={t(over ? 'overTodo' : 'elsewhereTodo')} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onReload} disabled={busy}>{t(over ? 'loadNewest' : 'loadThat')}</Button>
        <Button onClick={() => void keepMine()} busy={busy}>{t(over ? 'keepAsDraft' : 'keepThis')}</Button>
      </div>
    </div>
  );
}

/** Asks before the browser leaves a page with something on it that no draft keeps. */
function useUnsavedGuard(keeper: DraftKeeper): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (keeper.unsaved) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [keeper]);
}
