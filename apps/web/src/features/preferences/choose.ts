'use client';
// Choosing a language or a theme: kept for a year, and shown in place.
import { useRouter } from 'next/navigation';
import { localeCookie } from '../../i18n/locale.ts';
import { keepPreference } from './cookie.ts';
import { themeCookie, themeOf } from './theme.ts';
import { showTheme } from './use-theme.ts';

export function useChooseLocale(): (next: string) => void {
  const router = useRouter();
  return (next) => {
    keepPreference(localeCookie, next);
    document.documentElement.lang = next;
    router.refresh();
  };
}

export function chooseTheme(value: string): void {
  const next = themeOf(value);
  keepPreference(themeCookie, next);
  showTheme(next);
}
