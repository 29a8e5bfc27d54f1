'use client';
// How the health of one real server changed before, as its directors told, newest first.
import { useQuery } from '@tanstack/react-query';
import { HealthRule } from '@weir/model';
import { DataTable, Panel, StatusGlyph, unknownText, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useTRPC, type Outputs } from '../../../trpc/client.ts';
import { Loaded } from '../../states/loaded.tsx';
import { When } from '../../time/when.tsx';
import { useHealthText } from '../state/use-health-text.ts';
import type { HealthPlace } from '../state/why-path.ts';
import { healthGlyphs, healthStateOf } from '../state/worst-health.ts';

type Entry = Outputs['health']['changes']['entries'][number];

const refreshMs = 5_000;

export function Changes({ place }: { place: HealthPlace }) {
  const t = useTranslations('health.changes');
  const found = useQuery(useTRPC().health.changes.queryOptions({ ...place }, { refetchInterval: refreshMs }));
  return <Panel title={t('title')} sub={t('why')} padded={false}><Loaded query={found} failed={t('loadFailed')} rows={4}>{({ entries }) => <Entries entries={entries} />}</Loaded></Panel>;
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations('health.changes');
  const locale = useLocale();
  const columns = useMemo((): Column<Entry>[] => [
    { id: 'at', header: t('at'), cell: ({ atMs }) => <When at={atMs} /> },
    { id: 'director', header: t('director'), cell: ({ directorName }) => directorName },
    { id: 'to', header: t('to'), cell: (entry) => <Became entry={entry} /> },
    { id: 'lastTry', header: t('lastTry'), cell: (entry) => <LastTry entry={entry} /> },
  ], [t]);
  return (
    <DataTable
      caption={t('title')} columns={columns} rows={entries} rowId={({ id }) => id} locale={locale}
      empty={<p className="p-3 text-muted">{t('none')}</p>}
    />
  );
}

/** In the words of the rule; an agent of a newer version may know rules that this panel has no words for. */
function Became({ entry: { to, rule } }: { entry: Entry }) {
  const text = useHealthText();
  const known = HealthRule.safeParse(rule);
  if (!known.success) return <span className="font-mono">{to}</span>;
  const state = healthStateOf({ rule: known.data, isUp: to === 'up' });
  return (
    <span className="inline-flex flex-col py-0.5 leading-4 whitespace-normal">
      <StatusGlyph status={healthGlyphs[state]} label={text.state(state, known.data)} showLabel />
      <span className="max-w-160 pl-4.5 text-sm text-muted">{text.rule(known.data)}</span>
    </span>
  );
}

function LastTry({ entry: { lastTry } }: { entry: Entry }) {
  const t = useTranslations('health.tries');
  const text = useHealthText();
  if (lastTry === null) return unknownText;
  return lastTry.result.kind === 'good' ? t('good') : <span title={text.failure(lastTry.result.failure)}>{text.failureWord(lastTry.result.failure)}</span>;
}
