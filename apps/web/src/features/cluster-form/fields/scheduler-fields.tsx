'use client';
// The scheduler and, where it has some, its flags.
import { SchedulerName, type Scheduler } from '@weir/model';
import { Checkbox } from '@weir/ui';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { schedulerNamed, type ClusterForm } from '../definition/form-values.ts';
import { ChoiceField } from './path-fields.tsx';

export function SchedulerFields({ index, scheduler }: { index: number; scheduler: Scheduler }) {
  const t = useTranslations('clusterForm');
  const names = useTranslations('schedulers');
  const { setValue, register } = useFormContext<ClusterForm>();
  const path = `definition.services.${index}.scheduler` as const;
  return (
    <>
      <ChoiceField
        path={`${path}.name`} row={`definition.services.${index}`} label={t('scheduler')} value={scheduler.name} className="w-72"
        options={SchedulerName.options.map((value) => ({ value, label: `${value} · ${names(value)}` }))}
        onChoose={(value) => setValue(path, schedulerNamed(SchedulerName.parse(value)), { shouldDirty: true })}
      />
      {'fallback' in scheduler && (
        <div className="mt-5 flex h-8 items-center gap-3">
          <Checkbox {...register(`${path}.fallback`)} label={t('fallback')} />
          <Checkbox {...register(`${path}.port`)} label={t('hashPort')} />
        </div>
      )}
    </>
  );
}
