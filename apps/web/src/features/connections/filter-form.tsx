'use client';
// Which connections to look for, and how to count them together. Those who may not see clients look for none.
import { Button, Field, Select, TextInput, type SelectOption } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ConnectionsView } from '../../server/connections/filter.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { fieldsOf, FilterForm, groupingsFor, statesWith } from './filter-fields.ts';

export interface FilterProps {
  view: ConnectionsView;
  services: readonly SelectOption[];
  directors: readonly SelectOption[];
  byAddress: boolean;
  onView: (view: ConnectionsView) => void;
}

const protocols = ['tcp', 'udp', 'sctp'];

function withAny(label: string, options: readonly SelectOption[]): SelectOption[] {
  return [{ value: '', label }, ...options];
}

export function Filter({ view, services, directors, byAddress, onView }: FilterProps) {
  const t = useTranslations('connections');
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: useSchemaResolver(FilterForm), values: fieldsOf(view), mode: 'onTouched' });
  const { again, follow, port, ...filter } = view;
  const kept = { ...(again !== undefined && { again }), ...(follow !== undefined && { follow }), ...(port !== undefined && { port }) };
  const submit = handleSubmit((found) => onView({ ...found, ...kept }));
  const states = statesWith(view.state).map((state) => ({ value: state, label: state }));
  const groupings = groupingsFor(byAddress).map((by) => ({ value: by, label: t(`groupings.${by}`) }));
  return (
    <search aria-label={t('filter')}>
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-end gap-2 p-3">
        {byAddress && <Field label={t('client')} error={errors.client?.message} className="w-40"><TextInput {...register('client')} mono autoComplete="off" placeholder="192.168.8.0/24" /></Field>}
        {byAddress && <Field label={t('realServer')} error={errors.rip?.message} className="w-36"><TextInput {...register('rip')} mono autoComplete="off" placeholder="192.168.8.20" /></Field>}
        <Field label={t('state')} error={errors.state?.message} className="w-36"><Select {...register('state')} options={withAny(t('anyState'), states)} /></Field>
        <Field label={t('protocol')} error={errors.protocol?.message} className="w-24">
          <Select {...register('protocol')} options={withAny(t('anyProtocol'), protocols.map((value) => ({ value, label: value.toUpperCase() })))} />
        </Field>
        <Field label={t('service')} error={errors.serviceId?.message} className="w-40"><Select {...register('serviceId')} options={withAny(t('anyService'), services)} /></Field>
        <Field label={t('director')} error={errors.directorId?.message} className="w-36"><Select {...register('directorId')} options={withAny(t('anyDirector'), directors)} /></Field>
        <Field label={t('groupBy')} error={errors.groupBy?.message} className="w-36"><Select {...register('groupBy')} options={withAny(t('noGroups'), groupings)} /></Field>
        <Button type="submit">{t('find')}</Button>
        {Object.keys(filter).length > 0 && <Button variant="quiet" onClick={() => onView(kept)}>{t('all')}</Button>}
      </form>
    </search>
  );
}
