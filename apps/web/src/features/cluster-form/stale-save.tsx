'use client';
// Somebody saved since this form was opened: theirs, mine, or look on.
import { Button, Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { faultOf } from '../../trpc/fault.ts';

export interface StaleSaveProps {
  error: unknown;
  busy: boolean;
  onTheirs: () => void;
  /** Saves on top of the revision that somebody else made. */
  onMine: (base: number) => void;
}

export function StaleSave({ error, busy, onTheirs, onMine }: StaleSaveProps) {
  const t = useTranslations('staleSave');
  const { params } = faultOf(error);
  const head = Number(params['head']);
  const author = String(params['author']);
  return (
    <div className="mt-3 flex flex-col gap-2">
      <Notice tone="warn" what={t('what', { author, head })} why={t('why')} todo={t('todo')} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onTheirs} disabled={busy}>{t('theirs', { head })}</Button>
        <Button onClick={() => onMine(head)} busy={busy}>{t('mine', { head })}</Button>
      </div>
    </div>
  );
}
