'use client';
// The name typed once more: nothing is forgotten by a slip.
import { Button, Field, TextInput } from '@weir/ui';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Failure } from '../states/failure.tsx';

export interface ForgetFormProps {
  name: string;
  busy: boolean;
  error: unknown;
  onForget: (typed: string) => void;
}

export function ForgetForm({ name, busy, error, onForget }: ForgetFormProps) {
  const t = useTranslations('forgetting');
  const other = useTranslations('errors');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const differs = typed.trim() !== name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!differs) onForget(typed);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3 border-t border-line pt-3">
      {error !== null && <Failure what={t('failed', { name })} error={error} />}
      <Field label={t('type', { name })} error={asked && differs ? other('nameDiffers', { name }) : undefined} required>
        <TextInput value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} />
      </Field>
      <div className="flex justify-end"><Button type="submit" variant="danger" busy={busy}>{t('submit', { name })}</Button></div>
    </form>
  );
}
