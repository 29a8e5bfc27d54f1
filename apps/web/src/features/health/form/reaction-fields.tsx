'use client';
// What the answers of the real servers do: who is left out and how, and what happens when too few are left.
import type { ServiceHealth } from '@weir/model';
import { Checkbox } from '@weir/ui';
import { useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { useFieldState } from '../../cluster-form/fields/form-context.tsx';
import { ChoiceField, NumberField } from '../../cluster-form/fields/path-fields.tsx';
import { RowMessages } from '../../cluster-form/fields/row-messages.tsx';
import { newFlapping } from './new-check.ts';
import { SorryFields } from './sorry-fields.tsx';

export interface ReactionFieldsProps {
  service: number;
  health: ServiceHealth;
}

const firsts = ['up', 'down'] as const;
const downs = ['weightZero', 'remove'] as const;
const belows = ['goOn', 'sorry', 'failOpen'] as const;

export function ReactionFields({ service, health }: ReactionFieldsProps) {
  const t = useTranslations('healthForm');
  const { setValue } = useFormContext<ClusterForm>();
  const path = `definition.services.${service}.health` as const;
  const { first, whenDown, belowQuorum } = health;
  const set = { shouldDirty: true };
  return (
    <div className="mt-3 flex flex-wrap items-start gap-2 border-t border-line pt-3">
      <ChoiceField
        path={`${path}.whenDown`} row={path} label={t('whenDown')} hint={t(`whenDownHints.${whenDown}`)} value={whenDown} className="w-72"
        options={downs.map((value) => ({ value, label: t(`downs.${value}`) }))}
        onChoose={(value) => downs.filter((each) => each === value).forEach((each) => setValue(`${path}.whenDown`, each, set))}
      />
      <ChoiceField
        path={`${path}.first`} row={path} label={t('first')} hint={t(`firstHints.${first}`)} value={first} className="w-60"
        options={firsts.map((value) => ({ value, label: t(`firsts.${value}`) }))}
        onChoose={(value) => firsts.filter((each) => each === value).forEach((each) => setValue(`${path}.first`, each, set))}
      />
      <NumberField path={`${path}.slowStartSeconds`} row={path} label={t('slowStart')} hint={t('slowStartHint')} max={3_600} className="w-60" required />
      <div className="basis-full" />
      <NumberField path={`${path}.quorum.up`} row={path} label={t('quorum')} hint={t('quorumHint')} min={1} max={10_000} className="w-44" required />
      <NumberField path={`${path}.quorum.hysteresis`} row={path} label={t('hysteresis')} hint={t('hysteresisHint')} max={10_000} className="w-44" required />
      <ChoiceField
        path={`${path}.belowQuorum`} row={path} label={t('belowQuorum')} hint={t(`belowHints.${belowQuorum}`)} value={belowQuorum} className="w-72"
        options={belows.map((value) => ({ value, label: t(`belows.${value}`) }))}
        onChoose={(value) => belows.filter((each) => each === value).forEach((each) => setValue(`${path}.belowQuorum`, each, set))}
      />
      <div className="basis-full" />
      <SorryFields service={service} sorry={health.sorry} />
      <FlappingFields service={service} flapping={health.flapping} />
      <RowMessages row={path} inner={health.checks.map((_, index) => `${path}.checks.${index}`)} />
    </div>
  );
}

function FlappingFields({ service, flapping }: { service: number; flapping: ServiceHealth['flapping'] }) {
  const t = useTranslations('healthForm');
  const { setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${service}.health` as const;
  const path = `${row}.flapping` as const;
  const { mark } = useFieldState(path, row);
  const last = useRef(newFlapping);
  const toggle = (on: boolean) => {
    if (!on && flapping !== null) last.current = flapping;
    setValue(path, on ? last.current : null, { shouldDirty: true });
  };
  return (
    <div className={`flex flex-wrap items-start gap-2 ${flapping === null ? 'mt-1' : 'basis-full'}`}>
      <Checkbox name={path} label={t('flapping')} hint={t('flappingHint')} checked={flapping !== null} onChange={(event) => toggle(event.target.checked)} className={`w-72 ${flapping === null ? '' : 'mt-6.5'}`} {...mark} />
      {flapping !== null && (
        <>
          <NumberField path={`${path}.changes`} row={row} label={t('changes')} min={2} max={100} className="w-28" required />
          <NumberField path={`${path}.withinSeconds`} row={row} label={t('within')} min={1} max={86_400} className="w-28" required />
          <NumberField path={`${path}.holdSeconds`} row={row} label={t('hold')} hint={t('holdHint')} min={1} max={86_400} className="w-44" required />
        </>
      )}
    </div>
  );
}
