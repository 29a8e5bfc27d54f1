'use client';
// What a director forwards that Weir did not make, as `ipvsadm -Sn` writes it: touched only where a person adopts it.
import type { ForeignRule, ForeignRules } from '@weir/model';
import { Copy, DataTable, Panel, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { AdoptForeign, type AdoptForeignProps } from '../drift/adopt-foreign.tsx';

interface Row extends ForeignRule {
  readonly id: string;
}

export interface ForeignPanelProps extends Pick<AdoptForeignProps, 'director' | 'clusters'> {
  foreign: ForeignRules;
}

export function ForeignPanel({ foreign: { rules, count }, director, clusters }: ForeignPanelProps) {
  const t = useTranslations('director');
  const locale = useLocale();
  const rows = useMemo(() => rules.map((rule, index): Row => ({ ...rule, id: String(index) })), [rules]);
  const columns = useMemo((): Column<Row>[] => [
    { id: 'rule', header: t('rule'), mono: true, cell: ({ is, text }) => <span className={is === 'realServer' ? 'pl-4' : ''}>{text}</span> },
    { id: 'why', header: t('why'), cell: ({ why }) => (why === null ? t('ofOthers') : t(`beyond.${why}`)) },
    {
      id: 'adopt', header: t('adopt'), hideHeader: true,
      cell: ({ is, text, why }) => (is === 'service' && why === null ? <AdoptForeign director={director} rule={text} clusters={clusters} /> : null),
    },
  ], [t, director, clusters]);
  if (count === 0) return <Panel title={t('foreign')} sub={t('foreignWhy')}><p className="text-muted">{t('foreignNone')}</p></Panel>;
  const copy = <Copy value={`${rules.map(({ text }) => text).join('\n')}\n`} label={t('copyRules')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />;
  return (
    <Panel title={t('foreign')} sub={t('foreignWhy')} padded={false} actions={copy}>
      <DataTable caption={t('foreign')} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} className="max-h-96" />
      <p className="border-t border-line px-3 py-2 text-muted">
        {t('foreignCount', { count })} {count > rules.length && t('foreignMore', { count: count - rules.length })}
      </p>
    </Panel>
  );
}
