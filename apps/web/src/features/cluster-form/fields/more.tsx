'use client';
// What is rarely set, out of the way until it is asked for; in sight by itself while something in it is set, or was found there.
import { Button } from '@weir/ui';
import { useId, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';

export interface MoreProps {
  /** The object that it belongs to, for those who do not see where it stands. */
  of: string;
  needed: boolean;
  children: ReactNode;
}

export function More({ of, needed, children }: MoreProps) {
  const t = useTranslations('clusterForm');
  const id = useId();
  const [open, setOpen] = useState(needed);
  // Stays open when it is needed no more: nothing closes under the keyboard.
  if (needed && !open) setOpen(true);
  return (
    <>
      {!needed && (
        <Button variant="quiet" className="mt-5" aria-expanded={open} aria-controls={id} aria-label={t('moreOf', { of })} onClick={() => setOpen(!open)}>
          {t('more')}
          <svg viewBox="0 0 12 12" className={`size-3 ${open ? 'rotate-180' : ''}`} fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M2.5 4.5 6 8l3.5-3.5" strokeWidth="1.5" />
          </svg>
        </Button>
      )}
      <div id={id} hidden={!open} className={open ? 'flex basis-full flex-wrap items-start gap-x-4 gap-y-2' : ''}>{open && children}</div>
    </>
  );
}
