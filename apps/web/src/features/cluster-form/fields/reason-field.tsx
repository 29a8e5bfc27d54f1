'use client';
// Why the revision is made.
import { Field, TextInput } from '@weir/ui';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useFieldState } from './form-context.tsx';
import type { ClusterForm } from '../definition/form-values.ts';

export function ReasonField() {
  const t = useTranslations('clusterForm');
  const { register } = useFormContext<ClusterForm>();
  const { error } = useFieldState('reason', 'reason');
  return (
    <Field label={t('reason')} hint={t('reasonHint')} error={error} className="max-w-160">
      <TextInput {...register('reason')} autoComplete="off" />
    </Field>
  );
}
