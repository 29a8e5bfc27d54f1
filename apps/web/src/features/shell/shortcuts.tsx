'use client';
// Keys that act everywhere, and the sheet that lists them.
import { Button, Dialog, Kbd, Switch } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLiveStore } from '../live/live-provider.tsx';
import { takeEarlyKeys } from './early-keys.ts';
import { places } from './places.ts';
import { isTaken, setSingleKeys, singleKeysAct, useSingleKeys } from './single-keys.ts';

const byLetter = new Map(places.map(({ letter, href }) => [letter, href]));
// A place that is not reached within this is gone to by a page load.
const reachMs = 1_000;
// After g, the second key has this long.
const sequenceMs = 1_500;

const listed = [
  { keys: ['Ctrl K'], key: 'palette' },
  { keys: ['g', 'o'], key: 'overview' },
  { keys: ['g', 'c'], key: 'clusters' },
  { keys: ['g', 'd'], key: 'directors' },
  { keys: ['g', 'e'], key: 'events' },
  { keys: ['g', 'a'], key: 'alerts' },
  { keys: ['/'], key: 'filter' },
  { keys: ['Space'], key: 'pause' },
  { keys: ['j', 'k'], key: 'rows' },
  { keys: ['Enter'], key: 'open' },
  { keys: ['[', ']'], key: 'time' },
  { keys: ['+', '−'], key: 'zoom' },
  { keys: ['Esc'], key: 'toLive' },
  { keys: ['?'], key: 'sheet' },
] as const;

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
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {listed.map(({ keys, key }) => (
            <div key={key} className="contents">
              <dt className="flex gap-1">{keys.map((each) => <Kbd key={each}>{each}</Kbd>)}</dt>
              <dd>{t(`keys.${key}`)}</dd>
            </div>
          ))}
        </dl>
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
function goTo(place: string, push: () => void): void {
  const from = window.location.pathname;
  push();
  setTimeout(() => {
    if (place !== from && window.location.pathname === from) window.location.assign(place);
  }, reachMs);
}

function useKeys(showSheet: () => void): void {
  const router = useRouter();
  const live = useLiveStore();
  const goneMs = useRef(-Infinity);
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!singleKeysAct() || isTaken(event)) return;
    const target = event.timeStamp - goneMs.current < sequenceMs ? byLetter.get(event.key) : undefined;
    goneMs.current = event.key === 'g' ? event.timeStamp : -Infinity;
    if (target !== undefined) goTo(target, () => router.push(target));
    else if (event.key === '?') showSheet();
    else if (event.key === 'j' || event.key === 'k') firstRow()?.focus();
    else if (event.key === ' ') {
      event.preventDefault();
      live.pause('key', live.state().pausedSinceMs === null);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keyDown(event);
    document.addEventListener('keydown', listener);
    takeEarlyKeys().forEach(listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
