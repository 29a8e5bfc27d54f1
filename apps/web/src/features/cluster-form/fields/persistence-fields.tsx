'use client';
// Persistence: for how long, which clients count as one, and what tells them apart.
import { Persistence } from '@weir/model';
import { Checkbox, durationText } from '@weir/ui';
import { useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { useLocale, useTranslations } from 'use-intl';
import { newPersistence, type ClusterForm } from '../definition/form-values.ts';
import { familyOfMatch } from '../definition/switch-match.ts';
import { useFieldState } from './form-context.tsx';
import { ChoiceField, NumberField } from './path-fields.tsx';

export function PersistenceFields({ index, persistence, bits }: { index: number; persistence: Persistence | null; bits: number }) {
  const t = useTranslations('clusterForm');
  const { getValues, setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const path = `${row}.persistence` as const;
  const { mark } = useFieldState(path, row);
  const last = useRef<Persistence | null>(null);
  const toggle = (on: boolean) => {
    if (!on) last.current = Persistence.safeParse(persistence).data ?? null;
    const next = on ? last.current ?? newPersistence(familyOfMatch(getValues(`${row}.match`))) : null;
    setValue(path, next, { shouldDirty: true });
  };
  return (
    <>
      <Checkbox name={path} label={t('persistence')} checked={persistence !== null} onChange={(event) => toggle(event.target.checked)} className="mt-6.5" {...mark} />
      {persistence !== null && <HowLong index={index} persistence={persistence} bits={bits} />}
    </>
  );
}

function HowLong({ index, persistence, bits }: { index: number; persistence: Persistence; bits: number }) {
  const t = useTranslations('clusterForm');
  const locale = useLocale();
  const { setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const path = `${row}.persistence` as const;
  const { timeoutSeconds, prefixLength, engine } = persistence;
  return (
    <>
      <NumberField
        path={`${path}.timeoutSeconds`} row={row} label={t('timeout')} min={1} max={2_678_400} className="w-28" required
        hint={timeoutSeconds >= 60 && durationText(timeoutSeconds * 1_000, locale)}
      />
      <NumberField
        path={`${path}.prefixLength`} row={row} label={t('prefix')} min={1} max={bits} className="w-36" required
        hint={prefixLength === bits ? t('eachClient') : prefixLength < bits && t('clientsTogether', { prefixLength, bits })}
      />
      <ChoiceField
        path={`${path}.engine`} row={row} label={t('engine')} value={engine ?? ''} className="w-40"
        options={[{ value: '', label: t('noEngine') }, { value: 'sip', label: t('sip') }]}
        onChoose={(value) => setValue(`${path}.engine`, value === 'sip' ? value : null, { shouldDirty: true })}
      />
    </>
  );
}
