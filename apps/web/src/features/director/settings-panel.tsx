'use client';
// The kernel settings of IPVS: value, default, what each means, and what it means for the clusters of this director.
import { defaultOf, isDefending, isKnownSetting, sameSetting } from '@weir/model';
import { Badge, DataTable, Panel, StatusGlyph, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { AdvisedSetting } from '../../server/directors/director-page.ts';

export function SettingsPanel({ settings }: { settings: readonly AdvisedSetting[] }) {
  const t = useTranslations('director');
  const locale = useLocale();
  const columns = useMemo((): Column<AdvisedSetting>[] => [
    { id: 'name', header: t('setting'), sortBy: ({ name }) => name, cell: (setting) => <Meaning setting={setting} /> },
    { id: 'value', header: t('value'), mono: true, cell: (setting) => <Value setting={setting} /> },
    { id: 'usual', header: t('usual'), mono: true, cell: ({ name }) => (isKnownSetting(name) ? defaultOf(name) ?? t('computed') : '—') },
  ], [t]);
  const urgent = useMemo(() => settings.toSorted((a, b) => urgency(b) - urgency(a)), [settings]);
  return (
    <Panel title={t('settings')} sub={t('settingsWhy')} padded={false}>
      <DataTable caption={t('settings')} columns={columns} rows={urgent} rowId={({ name }) => name} locale={locale} />
    </Panel>
  );
}

function urgency({ advice }: AdvisedSetting): number {
  return advice.filter(({ severity }) => severity !== 'note').length;
}

function Value({ setting: { name, value } }: { setting: AdvisedSetting }) {
  const t = useTranslations('director');
  if (value === null) return <span className="text-muted">{t('writeOnly')}</span>;
  const usual = isKnownSetting(name) ? defaultOf(name) : null;
  return (
    <span className="inline-flex items-center gap-2">
      {isDefending(name, value) ? t('defending', { value }) : value}
      {usual !== null && !sameSetting(name, value, usual) && <Badge tone="warn">{t('changed')}</Badge>}
    </span>
  );
}

// Far more would be listed by a name than helps.
const namesMax = 5;

function Meaning({ setting: { name, advice } }: { setting: AdvisedSetting }) {
  const t = useTranslations('director');
  const words = useTranslations('kernelSettings');
  return (
    <span className="block min-w-52 py-1 whitespace-normal">
      <span className="block font-mono">{name}</span>
      <span className={isKnownSetting(name) ? '' : 'text-muted'}>{isKnownSetting(name) ? words(`meaning.${name}`) : t('unknownSetting')}</span>
      {advice.map(({ code, severity, services }) => {
        const said = words(`advice.${code}`);
        const shown = services.length > namesMax ? `${services.slice(0, namesMax).join(', ')}, …` : services.join(', ');
        return (
          <span key={code} className="mt-0.5 flex items-baseline gap-1.5">
            {severity !== 'note' && <StatusGlyph status={severity === 'error' ? 'down' : 'degraded'} label={t(severity)} />} <span>{services.length === 0 ? said : t('about', { advice: said, services: shown })}</span>
          </span>
        );
      })}
    </span>
  );
}
