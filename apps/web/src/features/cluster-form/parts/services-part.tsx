'use client';
// The cluster's virtual services.
import { serviceCalled } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useState } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useDraft } from '../draft/use-draft-edits.ts';
import { newService, type ClusterForm } from '../definition/form-values.ts';
import { ServicePart } from './service-part.tsx';

export function ServicesPart() {
  const t = useTranslations('clusterForm');
  const { control } = useFormContext<ClusterForm>();
  const { fields, append, remove } = useFieldArray({ control, name: 'definition.services', keyName: 'rowKey' });
  return (
    <>
      {fields.map((field, index) => <OneService key={field.rowKey} index={index} folded={fields.length > openMax} onRemove={() => remove(index)} />)}
      <div><Button onClick={() => append(newService(), { shouldFocus: true })}>{t('addService')}</Button></div>
    </>
  );
}

/** With more services than this, each is a line until somebody opens it: thousands of fields at once would stop the browser. */
const openMax = 40;

function OneService({ index, folded, onRemove }: { index: number; folded: boolean; onRemove: () => void }) {
  const { getValues } = useFormContext<ClusterForm>();
  // A new one is to be filled in.
  const [open, setOpen] = useState(() => !folded || getValues(`definition.services.${index}.name`) === '');
  return open ? <ServicePart index={index} onRemove={onRemove} /> : <FoldedService index={index} onOpen={() => setOpen(true)} />;
}

/** As of the last edit: steps taken back, a mend and what the drawing did are told here too. */
function FoldedService({ index, onOpen }: { index: number; onOpen: () => void }) {
  const t = useTranslations('canvas');
  const service = useDraft().draft.services[index];
  if (service === undefined) return null;
  const name = serviceCalled(service);
  return (
    <Panel title={name} padded={false} actions={<Button className="h-7" aria-label={t('openService', { name })} onClick={onOpen}>{t('open')}</Button>}>
      <p className="px-3 py-1.5 text-muted">{t('realServers', { count: service.realServers.length })}</p>
    </Panel>
  );
}
