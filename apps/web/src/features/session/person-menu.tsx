'use client';
// Who is signed in, how the pages look, and the way out.
import { Popover } from '@base-ui/react/popover';
import { Button, buttonClass } from '@weir/ui';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Preferences } from '../preferences/preferences.tsx';
import { usePerson } from './person.tsx';
import { signOut } from './sign-in.ts';

export function PersonMenu() {
  const t = useTranslations('personMenu');
  const role = useTranslations('roles');
  const person = usePerson();
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger className={buttonClass('quiet', 'max-w-40 px-2')} title={t('label')}>
        <span className="truncate">{person.name}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-40">
          <Popover.Popup className="flex w-70 flex-col gap-3 rounded-md border border-line-strong bg-panel p-3 shadow-overlay">
            <div>
              <Popover.Title className="font-semibold">{person.name}</Popover.Title>
              <p className="truncate text-muted">{person.email}</p>
              <p className="text-muted">{role(`names.${person.role}`)}</p>
            </div>
            <Preferences />
            <Link href="/sessions" className={buttonClass('secondary')} onClick={() => setOpen(false)}>{t('sessions')}</Link>
            <SignOut />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SignOut() {
  const t = useTranslations('personMenu');
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  const leave = async () => {
    setState('busy');
    // A whole new page: nothing that was loaded for this person stays in memory.
    if (await signOut()) window.location.assign('/sign-in');
    else setState('failed');
  };
  return (
    <>
      <Button busy={state === 'busy'} onClick={() => void leave()}>{t('signOut')}</Button>
      {state === 'failed' && <p role="alert" className="text-sm text-down">{t('signOutFailed')}</p>}
    </>
  );
}
