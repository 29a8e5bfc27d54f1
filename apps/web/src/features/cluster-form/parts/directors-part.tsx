'use client';
// The cluster's directors, each with its address towards the real servers.
import { vipsWithout } from '@weir/model';
import { Button, Field, Panel, Select } from '@weir/ui';
import { useContext, useState } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { FormFacts, useFieldState } from '../fields/form-context.tsx';
import type { ClusterForm } from '../definition/form-values.ts';
import { HostFields } from '../fields/host-fields.tsx';
import { More } from '../fields/more.tsx';
import { TextField } from '../fields/path-fields.tsx';
import { RowMessages } from '../fields/row-messages.tsx';

export function DirectorsPart() {
  const t = useTranslations('clusterForm');
  const { control, getValues, setValue } = useFormContext<ClusterForm>();
  const { fields, append, remove } = useFieldArray({ control, name: 'definition.directors', keyName: 'rowKey' });
  const { directors } = useContext(FormFacts);
  const { error } = useFieldState('definition.directors', 'definition.directors');
  const free = directors.filter(({ id }) => !fields.some(({ directorId }) => directorId === id));
  const [chosen, setChosen] = useState('');
  const next = free.find(({ id }) => id === chosen) ?? free[0];
  const leave = (index: number, directorId: string) => {
    setValue('definition.vips', vipsWithout(getValues('definition'), new Set([directorId])), { shouldDirty: true });
    remove(index);
  };
  return (
    <Panel title={t('directors')} sub={t('directorsWhy')}>
      {error !== undefined && <p role="alert" className="mb-2 text-sm text-down">{error}</p>}
      <RowMessages row="definition.directors" inner={["definition.directors"]} />
      <ul className="flex flex-col gap-2">
        {fields.map((field, index) => (
          <DirectorRow
            key={field.rowKey} index={index} onRemove={() => leave(index, field.directorId)}
            name={directors.find(({ id }) => id === field.directorId)?.name ?? field.directorId}
          />
        ))}
      </ul>
      {next !== undefined && (
        <div className="mt-3 flex items-end gap-2">
          <Field label={t('addDirector')}>
            <Select value={next.id} options={free.map(({ id, name }) => ({ value: id, label: name }))} onChange={(event) => setChosen(event.target.value)} />
          </Field>
          <Button onClick={() => append({ directorId: next.id, dip: { ipv4: null, ipv6: null } })}>{t('add')}</Button>
        </div>
      )}
    </Panel>
  );
}

export function DirectorRow({ index, name, onRemove }: { index: number; name: string; /** Left out: it is removed elsewhere. */ onRemove?: () => void }) {
  const t = useTranslations('clusterForm');
  const row = `definition.directors.${index}` as const;
  const { control } = useFormContext<ClusterForm>();
  const host = useWatch({ control, name: `${row}.host` });
  return (
    <li className="flex flex-wrap items-start gap-2">
      <span className="flex h-8 w-full items-center font-medium md:mt-5 md:w-40">{name}</span>
      <TextField path={`${row}.dip.ipv4`} row={row} also={[`${row}.directorId`]} label={t('dipIpv4')} nullable mono className="w-44" />
      <TextField path={`${row}.dip.ipv6`} row={row} label={t('dipIpv6')} nullable mono className="w-60" />
      <More of={name} needed={host !== undefined}><HostFields index={index} /></More>
      {onRemove !== undefined && <Button variant="quiet" className="mt-5" onClick={onRemove} aria-label={t('removeDirector', { name })}>{t('remove')}</Button>}
      <RowMessages row={row} />
    </li>
  );
}
