'use client';
// Which events to show: kinds and tones at once, the rest when it is looked for. On a narrow screen it is folded away.
import { Button, Field, Kbd, Select, TextInput, type SelectOption } from '@weir/ui';
import { useState, type ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { EventKind, EventTone, type EventFilter } from '../../../events/event.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Chips } from './chips.tsx';
import { fieldsOf, FilterForm } from './filter-fields.ts';
import { useObjectOptions } from './use-object-options.ts';
import { useSlash } from './use-slash.ts';

export interface FilterProps {
  filter: EventFilter;
  onFilter: (filter: EventFilter) => void;
}

export function Filter({ filter, onFilter }: FilterProps) {
  const t = useTranslations('eventList');
  const { kinds = [], tones = [] } = filter;
  const asked = Object.keys(filter).length;
  return (
    <Folded asked={asked}>
      <div className="flex flex-wrap gap-x-4 gap-y-2 p-3 pb-0">
        <Chips label={t('kind')} chosen={kinds} options={EventKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))} onChoose={(chosen) => onFilter(withChosen(filter, { kinds: chosen, tones }))} />
        <Chips label={t('tone')} chosen={tones} options={EventTone.options.map((value) => ({ value, label: t(`tones.${value}`) }))} onChoose={(chosen) => onFilter(withChosen(filter, { kinds, tones: chosen }))} />
      </div>
      <Fields filter={filter} onFilter={onFilter} />
    </Folded>
  );
}

type Chosen = Pick<EventFilter, 'kinds' | 'tones'>;

function withChosen({ kinds: _kinds, tones: _tones, ...rest }: EventFilter, { kinds = [], tones = [] }: Chosen): EventFilter {
  return { ...rest, ...(kinds.length > 0 && { kinds }), ...(tones.length > 0 && { tones }) };
}

function Folded({ asked, children }: { asked: number; children: ReactNode }) {
  const t = useTranslations('eventList');
  const [open, setOpen] = useState(false);
  return (
    <search aria-label={t('filter')} className="block border-b border-line">
      <Button variant="quiet" className="h-10 w-full md:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>{t('filterAsked', { count: asked })}</Button>
      <div className={open ? '' : 'max-md:hidden'}>{children}</div>
    </search>
  );
}

function Fields({ filter, onFilter }: FilterProps) {
  const t = useTranslations('eventList');
  const { register, control, handleSubmit, setValue, setFocus, formState: { errors } } = useForm({ resolver: useSchemaResolver(FilterForm), values: fieldsOf(filter), mode: 'onTouched' });
  const clusterId = useWatch({ control, name: 'clusterId' });
  const { clusters, services, directors } = useObjectOptions(clusterId);
  useSlash(() => setFocus('text', { shouldSelect: true }));
  const submit = handleSubmit((found) => {
    const { kinds, tones, serviceId, realServerId } = filter;
    const kept = { kinds, tones, realServerId: found.serviceId === serviceId ? realServerId : undefined };
    onFilter({ ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)), ...found });
  });
  const cluster = register('clusterId', { onChange: () => setValue('serviceId', '') });
  const wide = 'max-md:col-span-2';
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid grid-cols-2 items-end gap-2 p-3 md:flex md:flex-wrap">
      <Field label={<>{t('text')} <span className="max-md:hidden" aria-hidden="true"><Kbd>/</Kbd></span></>} error={errors.text?.message} className={`${wide} md:w-44`}>
        <TextInput {...register('text')} type="search" aria-keyshortcuts="/" autoComplete="off" />
      </Field>
      <Field label={t('cluster')} error={errors.clusterId?.message} className="md:w-36"><Select {...cluster} options={withAny(t('anyCluster'), clusters, filter.clusterId)} /></Field>
      <Field label={t('service')} error={errors.serviceId?.message} className="md:w-36"><Select {...register('serviceId')} disabled={clusterId === ''} options={withAny(t('anyService'), services, filter.serviceId)} /></Field>
      <Field label={t('director')} error={errors.directorId?.message} className="md:w-32"><Select {...register('directorId')} options={withAny(t('anyDirector'), directors, filter.directorId)} /></Field>
      <Field label={t('from')} error={errors.from?.message} className={`${wide} md:w-54`}><TextInput {...register('from')} type="datetime-local" mono /></Field>
      <Field label={t('to')} error={errors.to?.message} className={`${wide} md:w-54`}><TextInput {...register('to')} type="datetime-local" mono /></Field>
      <Button type="submit">{t('find')}</Button>
      {Object.keys(filter).length > 0 && <Button variant="quiet" onClick={() => onFilter({})}>{t('all')}</Button>}
    </form>
  );
}

/** What is looked for and is not there any more stays chosen, by its id. */
function withAny(label: string, options: readonly SelectOption[], chosen: string | undefined): SelectOption[] {
  const gone = chosen === undefined || options.some(({ value }) => value === chosen) ? [] : [{ value: chosen, label: chosen }];
  return [{ value: '', label }, ...options, ...gone];
}
