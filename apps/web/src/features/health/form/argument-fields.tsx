'use client';
// The arguments of a script, each in a field of its own: they may hold blanks.
import { Button } from '@weir/ui';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { TextField } from '../../cluster-form/fields/path-fields.tsx';

const argumentsMax = 16;

export interface ArgumentFieldsProps {
  path: `definition.services.${number}.health.checks.${number}.probe.arguments`;
  row: string;
  values: readonly string[];
}

export function ArgumentFields({ path, row, values }: ArgumentFieldsProps) {
  const t = useTranslations('healthForm.script');
  const { setValue } = useFormContext<ClusterForm>();
  const put = (next: readonly string[]) => setValue(path, [...next], { shouldDirty: true });
  return (
    <fieldset className="flex basis-full flex-col items-start gap-2">
      <legend className="mb-1 text-sm text-muted">{t('arguments')}</legend>
      {values.map((_, index) => (
        // Arguments may repeat, and have nothing else to be known by than their place.
        <div key={index} className="flex items-start gap-2">
          <TextField path={`${path}.${index}`} row={row} label={t('argument', { number: index + 1 })} mono className="w-72" />
          <Button variant="quiet" className="mt-5" aria-label={t('removeArgument', { number: index + 1 })} onClick={() => put(values.filter((_value, place) => place !== index))}>{t('remove')}</Button>
        </div>
      ))}
      {values.length < argumentsMax && <Button className="h-7" onClick={() => put([...values, ''])}>{t('addArgument')}</Button>}
    </fieldset>
  );
}
