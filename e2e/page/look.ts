// In which language and theme these journeys run, and the words of their pages. Asked for by WEIR_E2E_LOOK; English in light without it.
import { wordsOf } from '@weir/web/testing/words';

const looks = {
  en: { locale: 'en', browser: 'en-GB', theme: 'light' },
  // The browser says what it reads and likes, as a person's does; nothing is chosen on the page.
  'zh-CN': { locale: 'zh-CN', browser: 'zh-CN', theme: 'dark' },
} as const;

function asked(): keyof typeof looks {
  const name = process.env['WEIR_E2E_LOOK'] ?? 'en';
  if (name !== 'en' && name !== 'zh-CN') throw new Error(`WEIR_E2E_LOOK is ${name}; en or zh-CN`);
  return name;
}

export const look = looks[asked()];

export const { t, pattern, anyCount } = wordsOf(look.locale);
