'use client';
// Language and theme. Both change the page in place: what was typed and where one was stay.
import { Field, Select } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { localeCookie, localeNames, locales } from '../../i18n/locale.ts';
import { keepPreference } from './cookie.ts';
import { showTheme, themeCookie, themeOf, themes } from './theme.ts';

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
  const router = useRouter();
  const locale = useLocale();
  const choose = (next: string) => {
    keepPreference(localeCookie, next);
    document.documentElement.lang = next;
    router.refresh();
  };
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
  const [theme, setTheme] = useState(themeOf(undefined));
  useEffect(() => setTheme(themeOf(document.documentElement.dataset['themeChoice'])), []);
  const choose = (value: string) => {
    const next = themeOf(value);
    keepPreference(themeCookie, next);
    showTheme(next);
    setTheme(next);
  };
  return (
    <Field label={t('theme')}>
      <Select
        value={theme}
        options={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
        onChange={(event) => choose(event.target.value)}
      />
    </Field>
  );
}
