'use client';
// The words that a person may say to a change that waits, each where it can still be said.
import { Button } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ConfirmView } from '../../../server/changes/change-view.ts';
import type { ConfirmWord } from './confirm-bar.tsx';

export interface ConfirmActionsProps {
  confirm: ConfirmView | null;
  held: boolean;
  running: boolean;
  busy: boolean;
  onSay: (word: ConfirmWord) => void;
}

export function ConfirmActions({ confirm, held, running, busy, onSay }: ConfirmActionsProps) {
  const t = useTranslations('confirm');
  // Whoever has not gone back by then cannot be told: the time is over.
  if (confirm !== null && (confirm.answer !== null || confirm.leftMs === 0)) return null;
  return (
    <>
      {held && <Button variant="primary" busy={busy} onClick={() => onSay('goOn')}>{t('goOn')}</Button>}
      {held && <Button busy={busy} onClick={() => onSay('stopHere')}>{t('stopHere')}</Button>}
      {confirm !== null && !running && <Button variant="primary" busy={busy} onClick={() => onSay('confirm')}>{t('confirm')}</Button>}
      {confirm !== null && <Button busy={busy} onClick={() => onSay('revertNow')}>{t('revertNow')}</Button>}
    </>
  );
}
