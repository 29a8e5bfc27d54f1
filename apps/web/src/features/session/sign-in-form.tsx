'use client';
// E-mail and password. What is wrong is said in one sentence that does not tell which of the two it is.
import { Button, Field, TextInput } from '@weir/ui';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import type { Fault } from '../../trpc/fault.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { FaultNotice } from '../states/failure.tsx';
import { Entrance } from './entrance.tsx';
import { safeNext } from './next-page.ts';
import { signIn } from './sign-in.ts';

const Credentials = z.object({ email: z.string().trim().min(1), password: z.string().min(1) });

export function SignInForm({ next }: { next: string | null }) {
  const t = useTranslations('signIn');
  const [fault, setFault] = useState<Fault | null>(null);
  const { register, handleSubmit, formState: { errors, isSubmitting } } = useForm({
    resolver: useSchemaResolver(Credentials), defaultValues: { email: '', password: '' },
  });
  const submit = handleSubmit(async (credentials) => {
    setFault(null);
    const refused = await signIn(credentials);
    // A whole new page: the server draws it for this person.
    if (refused === null) window.location.assign(safeNext(next));
    else setFault(refused);
  });
  return (
    <Entrance title={t('title')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
        {fault !== null && <FaultNotice what={t('failed')} fault={fault} />}
        <Field label={t('email')} error={errors.email?.message} required>
          <TextInput {...register('email')} type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field label={t('password')} error={errors.password?.message} required>
          <TextInput {...register('password')} type="password" autoComplete="current-password" />
        </Field>
        <Button type="submit" variant="primary" busy={isSubmitting}>{t('submit')}</Button>
      </form>
    </Entrance>
  );
}
