'use client';
// One page of events; the newest page goes on by itself, and stands still under a pointer.
import { Button, Empty } from '@weir/ui';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { PanelEvent } from '../../events/event.ts';
import { EventTable } from './event-table.tsx';
import { useHeldEvents } from './use-held-events.ts';

export interface StreamProps {
  events: readonly PanelEvent[];
  /** Whether newer ones may still come. */
  goesOn: boolean;
  filtered: boolean;
  /** Whether there are older ones, which may fit the filter. */
  more: boolean;
}

export function Stream({ events, goesOn, ...found }: StreamProps) {
  const t = useTranslations('eventList');
  const { shown, waiting, show, region } = useHeldEvents(events);
  return (
    <div {...region}>
      {/* As high with the button as without it, so that no row moves. */}
      <div aria-live="polite" className="flex h-10 items-center px-3 text-sm text-muted">
        {!goesOn ? t('older') : waiting === 0 ? t('goesOn') : <Button className="h-8 max-md:h-10" onClick={show}>{t('waiting', { count: waiting })}</Button>}
      </div>
      <EventTable events={shown} empty={<Nothing {...found} />} />
    </div>
  );
}

function Nothing({ filtered, more }: Pick<StreamProps, 'filtered' | 'more'>) {
  const t = useTranslations('eventList');
  if (!filtered) return <Empty title={t('empty')} why={t('emptyWhy')} />;
  // A text is looked for among so many at a time.
  return more ? <Empty title={t('nothingSoFar')} why={t('nothingSoFarWhy')} /> : <Empty title={t('nothingFound')} why={t('nothingFoundWhy')} />;
}

export interface TurnsProps {
  before: string | undefined;
  next: string | null;
  onTurn: (before: string | undefined) => void;
}

/** To older events and back; after a reload, back is to the newest. */
export function Turns({ before, next, onTurn }: TurnsProps): ReactNode {
  const t = useTranslations('eventList');
  const [trail, setTrail] = useState<readonly (string | undefined)[]>([]);
  // The browser's own way back may have been taken meanwhile.
  const newerOnes = trail.includes(before) ? trail.slice(0, trail.indexOf(before)) : trail;
  const newer = (): void => {
    onTurn(newerOnes.at(-1));
    setTrail(newerOnes.slice(0, -1));
  };
  const older = (): void => {
    if (next === null) return;
    onTurn(next);
    setTrail([...newerOnes, before]);
  };
  return (
    <nav aria-label={t('pages')} className="flex gap-2 p-2">
      <Button className="max-md:h-10" disabled={before === undefined} onClick={newer}>{t('toNewer')}</Button>
      <Button className="max-md:h-10" disabled={next === null} onClick={older}>{t('toOlder')}</Button>
    </nav>
  );
}
