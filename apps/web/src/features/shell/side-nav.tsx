'use client';
// Where one can go. On a narrow screen a row below the header.
import Link from 'next/link';
import { usePathname } from 'next/navigation';
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
  return (
    <nav
      aria-label={t('label')}
      className="sticky top-11 z-20 overflow-x-auto border-b border-line bg-panel md:h-[calc(100dvh-44px)] md:border-r md:border-b-0"
    >
      <ul className="flex gap-px p-1 md:flex-col md:p-2">
        {places.filter(({ role }) => role !== 'admin' || admin).map(({ href, key }) => {
          const here = isHere(href, path);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={`flex h-10 items-center rounded-sm border-b-2 px-2 whitespace-nowrap no-underline md:h-7 md:border-b-0 md:border-l-2 ${here ? 'border-accent bg-raised' : 'border-transparent text-muted hover:bg-raised hover:text-text'}`}
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
