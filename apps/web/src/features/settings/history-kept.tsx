'use client';
// How much history there is, since when, and what to expect of it.
import { DataTable, durationText, Notice, quantityText, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { HistoryStorage, StoredTier } from '../../history/storage.ts';
import { When } from '../time/when.tsx';

export function HistoryKept({ storage }: { storage: HistoryStorage }) {
  const t = useTranslations('settings');
  const locale = useLocale();
  const bytes = (value: number | null): string => quantityText(value, 'bytes', locale);
  const expected = storage.tiers.map((tier) => tier.expected).filter((one) => one !== null);
  const perDay = expected.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0);
  const steady = expected.reduce((sum, { steadyBytes }) => sum + steadyBytes, 0);
  return (
    <>
      <div className="flex flex-col gap-1 p-3">
        <p>{t('used', { used: bytes(storage.usedBytes), budget: bytes(storage.budgetBytes), disk: bytes(storage.diskBytes) })}</p>
        <p className="text-muted">
          {storage.expectedFromMs === null ? t('expectLater') : t('expect', { span: durationText(storage.expectedFromMs, locale), perDay: bytes(perDay), steady: bytes(steady) })}
        </p>
        {steady > storage.budgetBytes && <Notice tone="warn" what={t('tooSmall', { steady: bytes(steady), budget: bytes(storage.budgetBytes) })} why={t('tooSmallWhy')} />}
      </div>
      <Tiers tiers={storage.tiers} />
      <p className="px-3 pt-3 text-sm text-muted">{t('columns')}</p>
      <p className="p-3 text-sm text-muted">{t('seconds')}</p>
    </>
  );
}

function Tiers({ tiers }: { tiers: readonly StoredTier[] }) {
  const t = useTranslations('settings');
  const locale = useLocale();
  const columns = useMemo((): Column<StoredTier>[] => [
    { id: 'kind', header: t('of'), cell: ({ kind, lengthMs }) => t(`kinds.${kind}`, { span: durationText(lengthMs, locale) }) },
    { id: 'since', header: t('since'), cell: ({ sinceMs }) => (sinceMs === null ? '—' : <When at={sinceMs} />), wideOnly: true },
    { id: 'bytes', header: t('usedNow'), numeric: true, cell: (tier) => quantityText(tier.bytes, 'bytes', locale) },
    { id: 'perDay', header: t('perDay'), numeric: true, cell: ({ expected }) => quantityText(expected?.bytesPerDay ?? null, 'bytes', locale), wideOnly: true },
    { id: 'steady', header: t('whenFull'), numeric: true, cell: ({ expected }) => quantityText(expected?.steadyBytes ?? null, 'bytes', locale), wideOnly: true },
    { id: 'keep', header: t('keep'), numeric: true, cell: ({ keepMs }) => durationText(keepMs, locale), wideOnly: true },
    { id: 'reach', header: t('reach'), numeric: true, cell: ({ expected }) => durationText(expected?.reachMs ?? null, locale) },
  ], [t, locale]);
  return <DataTable caption={t('tiers')} columns={columns} rows={tiers} rowId={({ kind, lengthMs }) => `${kind} ${lengthMs}`} locale={locale} />;
}
