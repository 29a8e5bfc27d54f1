'use client';
// Where one can go and what can be set, in the palette: only what the person's role allows.
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl';
import { operates } from '../../server/auth/operates.ts';
import { localeNames, locales } from '../../i18n/locale.ts';
import { useLiveState, useLiveStore } from '../live/live-provider.tsx';
import { useChooseLocale, chooseTheme } from '../preferences/choose.ts';
import { themes } from '../preferences/theme.ts';
import { useMay, usePerson } from '../session/person.tsx';
import { places } from '../shell/places.ts';
import type { PaletteItem } from './item.ts';

export function usePages(): readonly PaletteItem[] {
  const t = useTranslations('palette');
  const nav = useTranslations('nav');
  const sessions = useTranslations('personMenu')('sessions');
  const titles = useTranslations('titles');
  const router = useRouter();
  const admin = useMay('admin');
  const forAll = operates(usePerson(), null);
  const to = (id: string, title: string, href: string): PaletteItem => ({ id: `page ${id}`, title, sub: t('page'), act: () => router.push(href) });
  return [
    ...places.filter(({ role }) => role !== 'admin' || admin)
      .map(({ key, href, letter }) => ({ ...to(key, nav(key), href), keys: letter === undefined ? undefined : ['g', letter] })),
    to('alert rules', titles('alertRules'), '/alerts/rules'),
    to('sessions', sessions, '/sessions'),
    ...(forAll ? [to('new cluster', t('newCluster'), '/clusters/new'), to('import', titles('import'), '/clusters/import')] : []),
  ];
}

export function useSettings(): readonly PaletteItem[] {
  const t = useTranslations('palette');
  const words = useTranslations('preferences');
  const live = useTranslations('live');
  const store = useLiveStore();
  const paused = useLiveState().pausedBy === 'key';
  const locale = useLocale();
  const chooseLocale = useChooseLocale();
  const of = (id: string, title: string, act: () => void): PaletteItem => ({ id: `setting ${id}`, title, sub: t('setting'), act });
  return [
    { ...of('pause', live(paused ? 'resume' : 'pause'), () => store.pause('key', !paused)), keys: [live('space')] },
    ...themes.map((theme) => of(theme, t('named', { what: words('theme'), name: words(`themes.${theme}`) }), () => chooseTheme(theme))),
    ...locales.filter((each) => each !== locale).map((each) => of(each, t('named', { what: words('language'), name: localeNames[each] }), () => chooseLocale(each))),
  ];
}
