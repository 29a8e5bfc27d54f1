'use client';
// The frame of the pages before one is signed in.
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Preferences } from '../preferences/preferences.tsx';
import { Mark } from '../shell/mark.tsx';

export function Entrance({ title, why, children }: { title: string; why?: string; children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col justify-center gap-4 p-4">
      <p className="font-mono font-semibold"><Mark /> {t('product')}</p>
      <div className="flex flex-col gap-3 rounded-md border border-line bg-panel p-4">
        <h1 className="text-lg font-semibold">{title}</h1>
        {why !== undefined && <p className="text-muted">{why}</p>}
        {children}
      </div>
      <Preferences />
    </main>
  );
}
