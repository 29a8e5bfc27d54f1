// The languages there are, and which one a person gets.
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

/** Each language in its own words, as a person who cannot read the present one looks for it. */
export const localeNames: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文' };

export const localeCookie = 'weir.locale';

/** The chosen one, else the first of the browser's that there is. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = locales.find((locale) => locale === chosen);
  if (known !== undefined) return known;
  const asked = (acceptLanguage ?? '').split(',').map((part) => part.trim().toLowerCase().slice(0, 2));
  return asked.flatMap((language) => locales.find((locale) => locale.slice(0, 2) === language) ?? [])[0] ?? 'en';
}
