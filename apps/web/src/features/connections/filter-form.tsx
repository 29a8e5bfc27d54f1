'use client';
// Which connections to look for. Those who may not see clients look by service, director and state only.
import { Button, Field, Select, TextInput, type SelectOption } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ConnectionsFilter } from '../../server/connections/filter.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { fieldsOf, FilterForm, statesWith } from './filter-fields.ts';

export interface FilterProps {
  filter: ConnectionsFilter;
  services: readonly SelectOption[];
  directors: readonly SelectOption[];
  byAddress: boolean;
  onFilter: (filter: ConnectionsFilter) => void;
}

function withAny(label: string, options: readonly SelectOption[]): SelectOption[] {
  return [{ value: '', label }, ...options];
}

export function Filter({ filter, services, directors, byAddress, onFilter }: FilterProps) {
  const t = useTranslations('connections');
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: useSchemaResolver(FilterForm), values: fieldsOf(filter), mode: 'onTouched' });
  const submit = handleSubmit((found) => onFilter(found));
  const states = statesWith(filter.state).map((state) => ({ value: state, label: state }));
  return (
    <search aria-label={t('filter')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-end gap-2 p-3">
        {byAddress && <Field label={t('client')} error={errors.client?.message} className="w-40"><TextInput {...register('client')} mono autoComplete="off" placeholder="192.168.8.100" /></Field>}
        {byAddress && <Field label={t('realServer')} error={errors.rip?.message} className="w-40"><TextInput {...register('rip')} mono autoComplete="off" placeholder="192.168.8.20" /></Field>}
        <Field label={t('state')} error={errors.state?.message} className="w-36"><Select {...register('state')} options={withAny(t('anyState'), states)} /></Field>
        <Field label={t('service')} error={errors.serviceId?.message} className="w-44"><Select {...register('serviceId')} options={withAny(t('anyService'), services)} /></Field>
        <Field label={t('director')} error={errors.directorId?.message} className="w-36"><Select {...register('directorId')} options={withAny(t('anyDirector'), directors)} /></Field>
        <Button type="submit">{t('find')}</Button>
        {Object.keys(filter).length > 0 && <Button variant="quiet" onClick={() => onFilter({})}>{t('all')}</Button>}
      </form>
    </search>
  );
}
