'use client';
// Health checks of one virtual service: none until somebody wants them; then what is asked of its real servers, and what the answers do.
import { Button, Select } from '@weir/ui';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { CheckFields } from '../../health/form/check-fields.tsx';
import { likelyPreset, newCheck, newHealth, presets, type Preset } from '../../health/form/new-check.ts';
import { ReactionFields } from '../../health/form/reaction-fields.tsx';
import { ReactionSentence } from '../../health/form/reaction-sentence.tsx';
import type { ClusterForm } from '../definition/form-values.ts';

const checksMax = 8;

export function HealthPart({ index }: { index: number }) {
  const t = useTranslations('healthForm');
  const { control, getValues, setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const health = useWatch({ control, name: `${row}.health` });
  const put = (next: typeof health) => setValue(`${row}.health`, next, { shouldDirty: true });
  return (
    <fieldset className="mt-3 border-t border-line pt-3">
      <legend className="sr-only">{t('title')}</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-medium">{t('title')}</h3>
        {health === undefined
          ? <><Button className="h-7" name={`${row}.health`} onClick={() => put(newHealth(getValues(`${row}.match`)))}>{t('begin')}</Button><p className="text-sm text-muted">{t('off')}</p></>
          : <Button variant="quiet" className="h-7" onClick={() => put(undefined)}>{t('end')}</Button>}
      </div>
      {health !== undefined && (
        <>
          <ReactionSentence health={health} />
          <Checks index={index} checks={health.checks} />
          <ReactionFields service={index} health={health} />
        </>
      )}
    </fieldset>
  );
}

function Checks({ index, checks }: { index: number; checks: NonNullable<ClusterForm['definition']['services'][number]['health']>['checks'] }) {
  const t = useTranslations('healthForm');
  const { getValues, setValue } = useFormContext<ClusterForm>();
  const path = `definition.services.${index}.health.checks` as const;
  const [chosen, setChosen] = useState<Preset>(() => (likelyPreset(getValues(`definition.services.${index}.match`)) === 'tcp' ? 'http' : 'icmp'));
  const put = (next: typeof checks) => setValue(path, [...next], { shouldDirty: true });
  return (
    <>
      <ul className="mt-2 flex flex-col gap-3">
        {checks.map((check, place) => (
          <CheckFields
            key={`${check.id} ${place}`} path={`${path}.${place}`} check={check} number={place + 1}
            onRemove={checks.length === 1 ? undefined : () => put(checks.filter(({ id }) => id !== check.id))}
          />
        ))}
      </ul>
      {checks.length < checksMax && (
        <div className="mt-3 flex flex-wrap items-end gap-2">
          <Select
            aria-label={t('preset')} value={chosen} options={presets.map((value) => ({ value, label: t(`presets.${value}`) }))} className="w-72"
            onChange={(event) => presets.filter((each) => each === event.target.value).forEach(setChosen)}
          />
          <Button onClick={() => put([...checks, newCheck(chosen)])}>{t('addCheck')}</Button>
          {checks.length > 1 && <p className="text-sm text-muted">{t('allGood')}</p>}
        </div>
      )}
    </>
  );
}
