'use client';
// The cluster's virtual services.
import { Button } from '@weir/ui';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { newService, type ClusterForm } from '../definition/form-values.ts';
import { ServicePart } from './service-part.tsx';

export function ServicesPart() {
  const t = useTranslations('clusterForm');
  const { control } = useFormContext<ClusterForm>();
  const { fields, append, remove } = useFieldArray({ control, name: 'definition.services', keyName: 'rowKey' });
  return (
    <>
      {fields.map((field, index) => <ServicePart key={field.rowKey} index={index} onRemove={() => remove(index)} />)}
      <div><Button onClick={() => append(newService(), { shouldFocus: true })}>{t('addService')}</Button></div>
    </>
  );
}
