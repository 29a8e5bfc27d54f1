'use client';
// Ctrl K, or the field in the header: finds objects, pages and actions from anywhere. Escape gives the focus back.
import { Dialog } from '@base-ui/react/dialog';
import { backdropClass, Kbd } from '@weir/ui';
import dynamic from 'next/dynamic';
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { PaletteList } from './palette-list.tsx';
import type { Task } from './task.tsx';

// Forms with all that they need: for those who chose what they are for.
const PaletteTask = dynamic(() => import('./task.tsx').then(({ PaletteTask: loaded }) => loaded));

const dialogs = '[role="dialog"],[role="alertdialog"]';

export function Palette() {
  const t = useTranslations('palette');
  const [open, setOpen] = useState(false);
  const [task, setTask] = useState<Task | null>(null);
  const keyDown = useEffectEvent((event: KeyboardEvent) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
    // What another window asks is answered first.
    if (!asked || (!open && document.querySelector(dialogs) !== null)) return;
    event.preventDefault();
    setOpen(!open);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => keyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return (
    <>
      <FieldLike onClick={() => setOpen(true)} />
      <Dialog.Root open={open} onOpenChange={(next) => setOpen(next)}>
        <Dialog.Portal>
          <Dialog.Backdrop className={backdropClass} />
          <Dialog.Popup
            aria-label={t('title')}
            className="fixed top-[min(12dvh,96px)] left-1/2 z-50 flex max-h-[min(560px,80dvh)] w-[600px] max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col rounded-md border border-line-strong bg-panel text-text shadow-overlay"
          >
            <PaletteList onBegin={setTask} onClose={() => setOpen(false)} />
            <Dialog.Close className="sr-only">{t('close')}</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      {task !== null && <PaletteTask task={task} onClose={() => setTask(null)} />}
    </>
  );
}

const never = () => () => undefined;
const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Looks like the field that it opens. */
function FieldLike({ onClick }: { onClick: () => void }) {
  const t = useTranslations('palette');
  const apple = useSyncExternalStore(never, isApple, () => false);
  return (
    <button
      type="button" onClick={onClick} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 min-w-8 items-center gap-2 rounded-sm border border-line-strong px-2 text-muted hover:text-text md:w-80"
    >
      <svg viewBox="0 0 16 16" className="size-3.5 shrink-0" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true"><circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 4 4" /></svg>
      <span className="truncate max-md:sr-only">{t('placeholder')}</span>
      <span className="ml-auto max-md:hidden" aria-hidden="true"><Kbd>{apple ? '⌘ K' : 'Ctrl K'}</Kbd></span>
    </button>
  );
}
