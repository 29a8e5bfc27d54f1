'use client';
// What to look for in the audit log, and the way to take what was found along.
import { Button, Field, Select, TextInput, buttonClass } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { addressOf, auditOutcomes, type AuditFilter } from '../../server/audit-log/filter.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { FilterForm, fieldsOf } from './filter-fields.ts';

export interface FilterProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

export function Filter({ filter, onFilter }: FilterProps) {
  const t = useTranslations('audit');
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: useSchemaResolver(FilterForm), values: fieldsOf(filter), mode: 'onTouched' });
  const submit = handleSubmit((found) => onFilter(found));
  const outcomes = [{ value: '', label: t('anyOutcome') }, ...auditOutcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))];
  return (
    <search aria-label={t('filter')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-end gap-2 border-b border-line p-3">
        <Field label={t('actor')} error={errors.person?.message} className="w-36"><TextInput {...register('person')} autoComplete="off" /></Field>
        <Field label={t('actionBegins')} error={errors.action?.message} className="w-40"><TextInput {...register('action')} mono autoComplete="off" placeholder="clusters." /></Field>
        <Field label={t('object')} error={errors.object?.message} className="w-40"><TextInput {...register('object')} autoComplete="off" /></Field>
        <Field label={t('outcome')} error={errors.outcome?.message} className="w-28"><Select {...register('outcome')} options={outcomes} /></Field>
        <Field label={t('from')} error={errors.from?.message} className="w-52"><TextInput {...register('from')} type="datetime-local" mono /></Field>
        <Field label={t('to')} error={errors.to?.message} className="w-52"><TextInput {...register('to')} type="datetime-local" mono /></Field>
        <Button type="submit">{t('find')}</Button>
        {Object.keys(filter).length > 0 && <Button variant="quiet" onClick={() => onFilter({})}>{t('all')}</Button>}
      </form>
    </search>
  );
}

export function Export({ filter }: Pick<FilterProps, 'filter'>) {
  const t = useTranslations('audit');
  return (['csv', 'jsonl'] as const).map((format) => (
    <a key={format} href={`/api/audit-log?${[`format=${format}`, addressOf(filter)].filter(Boolean).join('&')}`} download className={buttonClass('secondary', 'h-7')}>
      {t(`export.${format}`)}
    </a>
  ));
}
