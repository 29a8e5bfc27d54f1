'use client';
// Keys that act everywhere, and the sheet that lists them.
import { Button, Dialog, Kbd, Switch } from '@weir/ui';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLiveStore } from '../live/live-provider.tsx';
import { takeEarlyKeys } from './early-keys.ts';
import { KeyList } from './key-list.tsx';
import { places } from './places.ts';
import { isTaken, setSingleKeys, singleKeysAct, useSingleKeys } from './single-keys.ts';

const byLetter = new Map(places.map(({ letter, href }) => [letter, href]));
// A place that is not reached within this is gone to by a page load.
const reachMs = 1_000;
// After g, the second key has this long.
const sequenceMs = 1_500;

export function Shortcuts() {
  const t = useTranslations('shortcuts');
  const [open, setOpen] = useState(false);
  const on = useSingleKeys();
  useKeys(() => setOpen(true));
  return (
    <>
      <span className="hidden md:inline">
        <Button variant="quiet" className="px-2" aria-label={t('title')} title={t('title')} onClick={() => setOpen(true)}>
          <Kbd>?</Kbd>
        </Button>
      </span>
      <Dialog open={open} onOpenChange={setOpen} title={t('title')} closeLabel={t('close')}>
        <KeyList />
        <div className="mt-4 border-t border-line pt-2">
          <Switch label={t('singleKeys')} checked={on} onChange={setSingleKeys} />
        </div>
      </Dialog>
    </>
  );
}

/** From a row the keys go on to the next; from elsewhere they come into the page's first table. */
function firstRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main tbody tr[tabindex="0"]');
}

/** While a page starts, the router may drop a place that it is told to go to. */
function useGoTo(): (place: string) => void {
  const router = useRouter();
  const path = usePathname();
  const leaving = useRef<{ readonly from: string; readonly timer: ReturnType<typeof setTimeout> }>(null);
  useEffect(() => {
    // Whoever has left is not taken there later, wherever they are by then.
    if (leaving.current !== null && leaving.current.from !== path) clearTimeout(leaving.current.timer);
  }, [path]);
  return (place) => {
    if (leaving.current !== null) clearTimeout(leaving.current.timer);
    router.push(place);
    if (place !== path) leaving.current = { from: path, timer: setTimeout(() => window.location.assign(place), reachMs) };
  };
}

function useKeys(showSheet: () => void): void {
  const goTo = useGoTo();
  const live = useLiveStore();
  const goneMs = useRef(-Infinity);
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!singleKeysAct() || isTaken(event)) return;
    // With Caps Lock, letters are the same keys.
    const key = event.key.toLowerCase();
    const target = event.timeStamp - goneMs.current < sequenceMs ? byLetter.get(key) : undefined;
    goneMs.current = key === 'g' ? event.timeStamp : -Infinity;
    if (target !== undefined) goTo(target);
    else if (key === '?') showSheet();
    else if (key === 'j' || key === 'k') firstRow()?.focus();
    else if (key === ' ') {
      event.preventDefault();
      live.pause('key', live.state().pausedBy !== 'key');
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keyDown(event);
    document.addEventListener('keydown', listener);
    takeEarlyKeys().forEach(listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
