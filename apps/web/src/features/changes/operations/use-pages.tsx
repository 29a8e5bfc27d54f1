'use client';
// Long lists page by page: the page must stay quick.
import { Button } from '@weir/ui';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';

const onePage = 100;

export interface Paged<T> {
  readonly first: number;
  readonly shown: readonly T[];
  /** The way to the others; null where all is shown. */
  readonly pages: ReactNode;
}

export function usePages<T>(rows: readonly T[]): Paged<T> {
  const [asked, setAsked] = useState(0);
  const last = Math.max(0, Math.ceil(rows.length / onePage) - 1);
  const first = Math.min(asked, last) * onePage;
  const pages = last === 0 ? null : <Pages first={first} count={rows.length} onFirst={(next) => setAsked(next / onePage)} />;
  return { first, shown: rows.slice(first, first + onePage), pages };
}

function Pages({ first, count, onFirst }: { first: number; count: number; onFirst: (first: number) => void }) {
  const t = useTranslations('changes');
  const end = Math.min(first + onePage, count);
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-1.5">
      <output className="text-muted">{t('pageOf', { first: first + 1, last: end, count })}</output>
      <Button className="h-7" disabled={first === 0} onClick={() => onFirst(first - onePage)}>{t('pageBefore')}</Button>
      <Button className="h-7" disabled={end === count} onClick={() => onFirst(first + onePage)}>{t('pageAfter')}</Button>
    </div>
  );
}
