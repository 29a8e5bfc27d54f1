'use client';
// Quiet hours: on which days, from when to when, in which zone.
import { Checkbox, Field, TextInput } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { RuleFormOf } from './edit-rule.tsx';
import { weekdays } from './use-rule-text.ts';

const zonesId = 'time-zones';

export function QuietFields({ form: { register, watch, formState: { errors } } }: { form: RuleFormOf }) {
  const t = useTranslations('alertRules');
  const wrong = errors.quietHours;
  return (
    <div className="flex flex-col gap-2">
      <Checkbox {...register('quiet')} label={t('hasQuiet')} hint={t('hasQuietHint')} />
      {watch('quiet') && (
        <>
          <fieldset className="min-w-0">
            <legend className="mb-1 text-sm text-muted">{t('quietDays')}</legend>
            <div className="flex flex-wrap gap-x-4 gap-y-2">{weekdays.map((day) => <Checkbox key={day} {...register('quietHours.days')} value={day} label={t(`days.${day}`)} />)}</div>
            {wrong?.days?.message !== undefined && <p className="text-sm text-down">{wrong.days.message}</p>}
          </fieldset>
          <div className="grid grid-cols-2 gap-3">
            <Field label={t('quietFrom')} error={wrong?.from?.message} required><TextInput {...register('quietHours.from')} type="time" mono /></Field>
            <Field label={t('quietTo')} hint={t('quietToHint')} error={wrong?.to?.message} required><TextInput {...register('quietHours.to')} type="time" mono /></Field>
          </div>
          <Field label={t('timeZone')} error={wrong?.timeZone?.message} required><TextInput {...register('quietHours.timeZone')} mono autoComplete="off" list={zonesId} /></Field>
          <datalist id={zonesId}>{Intl.supportedValuesOf('timeZone').map((zone) => <option key={zone} value={zone}>{zone}</option>)}</datalist>
        </>
      )}
    </div>
  );
}
