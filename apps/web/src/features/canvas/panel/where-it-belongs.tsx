'use client';
// Without a mouse: moves real servers to another service, or has their host serve another one too.
import { serviceCalled, type ClusterDefinition, type RealServerRef } from '@weir/model';
import { Field, Select } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Edits } from '../hands/use-edits.ts';

export interface WhereItBelongsProps {
  definition: ClusterDefinition;
  refs: readonly RealServerRef[];
  edits: Edits;
}

export function WhereItBelongs({ definition, refs, edits }: WhereItBelongsProps) {
  const t = useTranslations('canvas');
  const [only, ...others] = refs;
  const homes = new Set(refs.map(({ serviceId }) => serviceId));
  const options = definition.services.map((service) => ({ value: service.id, label: serviceCalled(service) }));
  const elsewhere = [{ value: '', label: t('choose') }, ...options.filter(({ value }) => !homes.has(value))];
  const [home] = homes.size === 1 ? [...homes] : [''];
  return (
    <div className="flex flex-wrap gap-2">
      <Field label={t('virtualService')} className="w-40">
        <Select
          value={home ?? ''} options={homes.size === 1 ? options : [{ value: '', label: t('choose') }, ...options]}
          onChange={(event) => event.target.value !== '' && edits.move(refs, event.target.value)}
        />
      </Field>
      {only !== undefined && others.length === 0 && elsewhere.length > 1 && (
        <Field label={t('alsoServe')} hint={t('alsoServeHint')} className="w-40">
          <Select value="" options={elsewhere} onChange={(event) => event.target.value !== '' && edits.connect(only, event.target.value)} />
        </Field>
      )}
    </div>
  );
}
