// The root of every page: language, theme and the script that knows what the system says before anything is drawn.
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { systemThemeScript, themeCookie, themeOf } from '../features/preferences/theme.ts';
import { chooseLocale, localeCookie } from '../i18n/locale.ts';
import { messagesOf } from '../i18n/messages.ts';
import { Providers } from '../trpc/providers.tsx';
import './app.css';

export const metadata: Metadata = { title: { default: 'Weir', template: '%s · Weir' }, robots: { index: false } };
export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers();
  const kept = await cookies();
  const locale = chooseLocale(kept.get(localeCookie)?.value, asked.get('accept-language'));
  const theme = themeOf(kept.get(themeCookie)?.value);
  const nonce = asked.get('x-nonce');
  return (
    <html lang={locale} data-theme-choice={theme} data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <head>
        <script {...(nonce !== null && { nonce })} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: systemThemeScript }} />
      </head>
      <body>
        <Providers locale={locale} messages={messagesOf(locale)}>{children}</Providers>
      </body>
    </html>
  );
}
