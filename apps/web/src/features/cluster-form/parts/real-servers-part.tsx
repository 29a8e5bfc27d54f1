'use client';
// The real servers of one service.
import { Button } from '@weir/ui';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { newRealServer, type ClusterForm } from '../definition/form-values.ts';
import { RealServerRow } from './real-server-row.tsx';

export function RealServersPart({ service }: { service: number }) {
  const t = useTranslations('clusterForm');
  const { control, getValues } = useFormContext<ClusterForm>();
  const path = `definition.services.${service}.realServers` as const;
  const { fields, append, remove } = useFieldArray({ control, name: path, keyName: 'rowKey' });
  return (
    <fieldset className="mt-3 border-t border-line pt-3">
      <legend className="sr-only">{t('realServers')}</legend>
      <ul className="flex flex-col gap-2">
        {fields.map((field, index) => <RealServerRow key={field.rowKey} service={service} index={index} onRemove={() => remove(index)} />)}
      </ul>
      <Button className="mt-3" onClick={() => append(newRealServer(getValues(path).at(-1)), { focusName: `${path}.${fields.length}.name` })}>
        {t('addRealServer')}
      </Button>
    </fieldset>
  );
}
