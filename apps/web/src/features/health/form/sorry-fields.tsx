'use client';
// The sorry server: where it is, and how packets reach it.
import type { SorryServer } from '@weir/model';
import { Checkbox } from '@weir/ui';
import { useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { methodOf, type ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { useFieldState } from '../../cluster-form/fields/form-context.tsx';
import { ChoiceField, NumberField, TextField } from '../../cluster-form/fields/path-fields.tsx';
import { TunnelFields } from '../../cluster-form/fields/tunnel-fields.tsx';
import { newSorry } from './new-check.ts';

const kinds = ['proxied', 'nat', 'dr', 'tun'] as const;

export function SorryFields({ service, sorry }: { service: number; sorry: SorryServer | null }) {
  const t = useTranslations('healthForm');
  const { setValue, getValues } = useFormContext<ClusterForm>();
  const row = `definition.services.${service}.health` as const;
  const path = `${row}.sorry` as const;
  const { mark } = useFieldState(path, row);
  const last = useRef<SorryServer | null>(null);
  const toggle = (on: boolean) => {
    if (!on) last.current = sorry;
    const alike = getValues(`definition.services.${service}.realServers`).at(0);
    setValue(path, on ? last.current ?? newSorry(alike?.method, alike?.port ?? 80) : null, { shouldDirty: true });
  };
  return (
    <div className={`flex flex-wrap items-start gap-2 ${sorry === null ? 'mt-1' : 'basis-full'}`}>
      <Checkbox name={path} label={t('sorry')} hint={t('sorryHint')} checked={sorry !== null} onChange={(event) => toggle(event.target.checked)} className={`w-72 ${sorry === null ? '' : 'mt-6.5'}`} {...mark} />
      {sorry !== null && <SorryPlace path={path} row={row} sorry={sorry} />}
    </div>
  );
}

function SorryPlace({ path, row, sorry: { method } }: { path: `definition.services.${number}.health.sorry`; row: string; sorry: SorryServer }) {
  const t = useTranslations('clusterForm');
  const methods = useTranslations('methods');
  const { setValue } = useFormContext<ClusterForm>();
  return (
    <>
      <TextField path={`${path}.name`} row={row} label={t('name')} className="w-44" required />
      <TextField path={`${path}.rip`} row={row} label="RIP" mono className="w-44" required />
      <NumberField path={`${path}.port`} row={row} label={t('port')} max={65_535} className="w-24" required />
      <ChoiceField
        path={`${path}.method.kind`} row={row} also={[`${path}.method`]} label={t('method')} value={method.kind} className="w-56"
        options={kinds.map((value) => ({ value, label: methods(value) }))}
        onChoose={(value) => kinds.filter((each) => each === value).forEach((kind) => setValue(`${path}.method`, methodOf(kind), { shouldDirty: true }))}
      />
      {method.kind === 'tun' && <TunnelFields path={`${path}.method.tunnel`} row={row} tunnel={method.tunnel} />}
    </>
  );
}
