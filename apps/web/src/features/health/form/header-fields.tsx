'use client';
// Headers that a request carries. The value of a secret one is typed like a password and shown to nobody.
import type { ProbeHeader } from '@weir/model';
import { Button, Field, TextInput } from '@weir/ui';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { useFieldState } from '../../cluster-form/fields/form-context.tsx';
import { CheckField, TextField } from '../../cluster-form/fields/path-fields.tsx';

type HeadersPath = `definition.services.${number}.health.checks.${number}.probe.headers`;

const headersMax = 16;

export function HeaderFields({ path, row, headers }: { path: HeadersPath; row: string; headers: readonly ProbeHeader[] }) {
  const t = useTranslations('healthForm.headers');
  const { setValue } = useFormContext<ClusterForm>();
  const put = (next: readonly ProbeHeader[]) => setValue(path, [...next], { shouldDirty: true });
  return (
    <fieldset className="flex basis-full flex-col items-start gap-2">
      <legend className="mb-1 text-sm text-muted">{t('title')}</legend>
      {headers.map((header, index) => (
        // Headers may repeat, and have nothing else to be known by than their place.
        <div key={index} className="flex flex-wrap items-start gap-2">
          <TextField path={`${path}.${index}.name`} row={row} label={t('name')} mono className="w-44" required />
          <HeaderValue path={`${path}.${index}.value`} row={row} secret={header.secret} />
          <CheckField path={`${path}.${index}.secret`} row={row} label={t('secret')} hint={t('secretHint')} className="mt-6.5 max-w-60" />
          <Button variant="quiet" className="mt-5" aria-label={t('removeNamed', { name: header.name || String(index + 1) })} onClick={() => put(headers.filter((_, place) => place !== index))}>{t('remove')}</Button>
        </div>
      ))}
      {headers.length < headersMax && <Button className="h-7" onClick={() => put([...headers, { name: '', value: '', secret: false }])}>{t('add')}</Button>}
    </fieldset>
  );
}

function HeaderValue({ path, row, secret }: { path: `${HeadersPath}.${number}.value`; row: string; secret: boolean }) {
  const t = useTranslations('healthForm.headers');
  const { register } = useFormContext<ClusterForm>();
  const { error, mark } = useFieldState(path, row);
  return (
    <Field label={t('value')} error={error} className="w-60">
      <TextInput {...register(path)} type={secret ? 'password' : 'text'} mono autoComplete="off" spellCheck={false} {...mark} />
    </Field>
  );
}
