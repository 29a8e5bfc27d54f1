'use client';
// Who keeps what of a director's host: Weir, or its operator, whom Weir then only tells what differs.
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../definition/form-values.ts';
import { keptBy } from '../definition/kept-by.ts';
import { ChoiceField } from './path-fields.tsx';

export function HostFields({ index }: { index: number }) {
  const t = useTranslations('clusterForm');
  const { control, setValue } = useFormContext<ClusterForm>();
  const path = `definition.directors.${index}.host` as const;
  const host = useWatch({ control, name: path });
  const options = [{ value: 'weir', label: t('keptByWeir') }, { value: 'operator', label: t('keptByOperator') }];
  return (['vips', 'settings'] as const).map((part) => (
    <ChoiceField
      key={part} path={`${path}.${part}`} row={`definition.directors.${index}`} label={t(`kept.${part}`)} hint={t(`keptHint.${part}`)} className="w-60"
      value={host?.[part] ?? 'weir'} options={options}
      onChoose={(value) => setValue(path, keptBy(host, part, value === 'operator'), { shouldDirty: true })}
    />
  ));
}
