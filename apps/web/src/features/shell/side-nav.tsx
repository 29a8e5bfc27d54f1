'use client';
// Where one can go. On a narrow screen a row below the header.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { AlertCount } from '../alerts/alert-count.tsx';
import { useMay } from '../session/person.tsx';
import { places } from './places.ts';

function isHere(href: string, path: string): boolean {
  if (href === '/clusters' && path.startsWith('/changes/')) return true;
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

export function SideNav() {
  const t = useTranslations('nav');
  const path = usePathname();
  const admin = useMay('admin');
  const list = useRef<HTMLUListElement>(null);
  const current = places.find(({ href }) => isHere(href, path))?.href;
  useEffect(() => {
    const row = list.current;
    const link = row?.querySelector<HTMLElement>(`[href="${current}"]`);
    // On a narrow screen the row is wider than the screen. Not by scrollIntoView: the next Tab would go on from there, past the way to the content.
    if (row && link) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav
      aria-label={t('label')}
      className="sticky top-11 z-20 border-b border-line bg-panel md:h-[calc(100dvh-44px)] md:border-r md:border-b-0"
    >
      <ul ref={list} className="flex gap-px overflow-x-auto p-1 max-md:mask-r-from-[calc(100%-24px)] max-md:pr-6 md:flex-col md:p-2">
        {places.filter(({ role }) => role !== 'admin' || admin).map(({ href, key }) => {
          const here = href === current;
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={`flex h-10 items-center rounded-sm border-b-2 px-2 whitespace-nowrap no-underline md:h-7 md:border-b-0 md:border-l-2 ${here ? 'border-accent bg-raised' : 'border-transparent text-muted hover:text-text'}`}
              >
                {t(key)}
                {key === 'alerts' && <AlertCount />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
