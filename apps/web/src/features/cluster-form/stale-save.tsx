'use client';
// Somebody saved since this form was opened: theirs, mine, or look on.
import { Button, Notice } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { faultOf } from '../../trpc/fault.ts';
import { usePerson } from '../session/person.tsx';
import { momentText } from '../time/moment-text.ts';
import { useNow } from '../time/now.ts';

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
  const own = usePerson().id === params['authorId'];
  const savedMs = new Date(String(params['at'])).getTime();
  const time = momentText(savedMs, useNow() ?? savedMs, useLocale());
  return (
    <div className="mt-3 flex flex-col gap-2">
      <Notice tone="warn" what={own ? t('own.what', { head, time }) : t('what', { author, head })} why={t('why')} todo={t(own ? 'own.todo' : 'todo')} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={onTheirs} disabled={busy}>{t(own ? 'own.theirs' : 'theirs', { head })}</Button>
        <Button onClick={() => onMine(head)} busy={busy}>{t(own ? 'own.mine' : 'mine', { head })}</Button>
      </div>
    </div>
  );
}
