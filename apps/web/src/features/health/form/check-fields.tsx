'use client';
// One health check: what is asked, how often, and how many answers in a row decide.
import { HealthCheck, type ProbeType } from '@weir/model';
import { Button } from '@weir/ui';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { useFoundIn } from '../../cluster-form/fields/form-context.tsx';
import { More } from '../../cluster-form/fields/more.tsx';
import { ChoiceField, NumberField, TextField } from '../../cluster-form/fields/path-fields.tsx';
import { RowMessages } from '../../cluster-form/fields/row-messages.tsx';
import { probeOfType, probeTypes } from './new-check.ts';
import { ProbeFields } from './probe-fields.tsx';
import { OptionalSecondsField, SecondsField } from './written-field.tsx';

export interface CheckFieldsProps {
  path: `definition.services.${number}.health.checks.${number}`;
  check: HealthCheck;
  number: number;
  /** Left out: it is the only one. */
  onRemove: (() => void) | undefined;
}

export function CheckFields({ path, check, number, onRemove }: CheckFieldsProps) {
  const t = useTranslations('healthForm');
  const { setValue } = useFormContext<ClusterForm>();
  const { probe } = check;
  const choose = (type: ProbeType) => type !== probe.type && setValue(`${path}.probe`, probeOfType(type), { shouldDirty: true });
  return (
    <li aria-label={t('check', { number })} className="flex flex-wrap items-start gap-2 not-first:border-t not-first:border-line not-first:pt-3">
      <ChoiceField
        path={`${path}.probe.type`} row={path} also={[`${path}.probe`, path]} label={t('type')} hint={t(`typeHints.${probe.type}`)} value={probe.type} className="w-60"
        options={probeTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
        onChoose={(value) => probeTypes.filter((each) => each === value).forEach(choose)}
      />
      <ProbeFields key={probe.type} path={`${path}.probe`} row={path} probe={probe} />
      <div className="basis-full" />
      <Pace path={path} check={check} number={number} />
      {onRemove !== undefined && <Button variant="quiet" className="mt-5" aria-label={t('removeCheck', { number })} onClick={onRemove}>{t('remove')}</Button>}
      <RowMessages row={path} />
    </li>
  );
}

function Pace({ path, check, number }: Pick<CheckFieldsProps, 'path' | 'check' | 'number'>) {
  const t = useTranslations('healthForm');
  const { setValue } = useFormContext<ClusterForm>();
  const { intervalMs, changingIntervalMs, timeoutMs, port, source } = check;
  const found = useFoundIn(`${path}.port`, `${path}.source`, `${path}.changingIntervalMs`);
  return (
    <>
      <SecondsField
        path={`${path}.intervalMs`} row={path} label={t('interval')} className="w-28" value={intervalMs} schema={HealthCheck.shape.intervalMs}
        onWrite={(ms) => setValue(`${path}.intervalMs`, ms, { shouldDirty: true })}
      />
      <SecondsField
        path={`${path}.timeoutMs`} row={path} label={t('timeout')} className="w-28" value={timeoutMs} schema={HealthCheck.shape.timeoutMs}
        onWrite={(ms) => setValue(`${path}.timeoutMs`, ms, { shouldDirty: true })}
      />
      <NumberField path={`${path}.fall`} row={path} label={t('fall')} min={1} max={100} className="w-28" required />
      <NumberField path={`${path}.rise`} row={path} label={t('rise')} min={1} max={100} className="w-28" required />
      <More of={t('check', { number })} needed={found || changingIntervalMs !== null || port !== null || source !== null}>
        <OptionalSecondsField
          path={`${path}.changingIntervalMs`} row={path} label={t('changingInterval')} hint={t('changingIntervalHint')} className="w-60" value={changingIntervalMs} schema={HealthCheck.shape.changingIntervalMs}
          onWrite={(ms) => setValue(`${path}.changingIntervalMs`, ms, { shouldDirty: true })}
        />
        <NumberField path={`${path}.port`} row={path} label={t('port')} hint={t('portHint')} min={1} max={65_535} nullable className="w-44" />
        <TextField path={`${path}.source`} row={path} label={t('source')} hint={t('sourceHint')} nullable mono className="w-60" />
      </More>
    </>
  );
}
