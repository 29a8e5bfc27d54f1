'use client';
// Language and theme. Both change the page in place: what was typed and where one was stay.
import { Field, Select } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { localeNames, locales } from '../../i18n/locale.ts';
import { chooseTheme, useChooseLocale } from './choose.ts';
import { themes } from './theme.ts';
import { useTheme } from './use-theme.ts';

export function Preferences() {
  return (
    <div className="grid grid-cols-2 gap-2">
      <LanguageSelect />
      <ThemeSelect />
    </div>
  );
}

function LanguageSelect() {
  const t = useTranslations('preferences');
  const locale = useLocale();
  const choose = useChooseLocale();
  return (
    <Field label={t('language')}>
      <Select
        value={locale}
        options={locales.map((value) => ({ value, label: localeNames[value] }))}
        onChange={(event) => choose(event.target.value)}
      />
    </Field>
  );
}

function ThemeSelect() {
  const t = useTranslations('preferences');
  const theme = useTheme();
  return (
    <Field label={t('theme')}>
      <Select
        value={theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChange={(event) => chooseTheme(event.target.value)}
      />
    </Field>
  );
}
