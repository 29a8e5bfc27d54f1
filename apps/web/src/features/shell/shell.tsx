'use client';
// The frame of every page: header, side navigation, what the connection says, and the page itself.
import { ToastRegion } from '@weir/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { LiveProvider } from '../live/live-provider.tsx';
import { Palette } from '../palette/palette.tsx';
import { PersonMenu } from '../session/person-menu.tsx';
import { PersonProvider, type Person } from '../session/person.tsx';
import { Banners } from './banners.tsx';
import { LiveIndicator } from './live-indicator.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { SideNav } from './side-nav.tsx';
import { Mark } from './mark.tsx';
import { WaitingChanges } from './waiting-changes.tsx';

export function Shell({ person, children }: { person: Person; children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <PersonProvider person={person}>
      <LiveProvider>
        <ToastRegion label={t('toasts')} closeLabel={t('close')}>
          <a
            href="#main"
            className="fixed top-1 left-1 z-50 -translate-y-16 rounded-sm border border-accent bg-panel px-3 py-1 focus:translate-y-0"
          >
            {t('skip')}
          </a>
          <header className="sticky top-0 z-30 flex h-11 items-center gap-3 border-b border-line bg-panel px-3">
            <Link href="/" className="flex h-8 items-center gap-2 font-mono font-semibold no-underline"><Mark /> {t('product')}</Link>
            <Palette />
            <div className="ml-auto flex items-center gap-2">
              <LiveIndicator />
              <Shortcuts />
              <PersonMenu />
            </div>
          </header>
          <div className="md:grid md:grid-cols-[196px_minmax(0,1fr)]">
            <SideNav />
            <main id="main" tabIndex={-1} className="flex min-w-0 flex-col gap-3 p-3 outline-none md:min-h-[calc(100dvh-44px)]">
              <Banners />
              <WaitingChanges />
              {children}
            </main>
          </div>
        </ToastRegion>
      </LiveProvider>
    </PersonProvider>
  );
}
