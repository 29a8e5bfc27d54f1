'use client';
// Which packets a virtual service takes: an address, or a firewall mark and what is marked.
import { Family, Protocol, type ServiceMatch } from '@weir/model';
import { useRef } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../definition/form-values.ts';
import { freeMark, toAddress, toMark, type MarkBefore } from '../definition/switch-match.ts';
import { ChoiceField, ListField, NumberField, TextField } from './path-fields.tsx';

export function MatchFields({ index, match }: { index: number; match: ServiceMatch }) {
  const t = useTranslations('clusterForm');
  const { getValues, setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const last = useRef<MarkBefore | null>(null);
  const choose = (kind: string) => {
    const typed = getValues(`${row}.match`);
    if (typed.kind === kind) return;
    if (typed.kind === 'mark') last.current = typed;
    const before = last.current ?? { mark: freeMark(getValues('definition.services').map((service) => service.match)), vips: [], ports: [] };
    setValue(`${row}.match`, typed.kind === 'mark' ? toAddress(typed) : toMark(typed, before), { shouldDirty: true });
  };
  return (
    <>
      <ChoiceField
        path={`${row}.match.kind`} row={row} label={t('match')} value={match.kind} onChoose={choose} className="w-36"
        options={[{ value: 'address', label: t('byAddress') }, { value: 'mark', label: t('byMark') }]}
      />
      {match.kind === 'address' ? <AddressFields index={index} protocol={match.protocol} /> : <MarkFields index={index} protocol={match.protocol} family={match.family} />}
    </>
  );
}

function ProtocolField({ index, protocol }: { index: number; protocol: Protocol }) {
  const t = useTranslations('clusterForm');
  const { setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  return (
    <ChoiceField
      path={`${row}.match.protocol`} row={row} label={t('protocol')} value={protocol} mono className="w-24"
      options={Protocol.options.map((value) => ({ value, label: value }))}
      onChoose={(value) => setValue(`${row}.match.protocol`, Protocol.parse(value), { shouldDirty: true })}
    />
  );
}

function AddressFields({ index, protocol }: { index: number; protocol: Protocol }) {
  const t = useTranslations('clusterForm');
  const row = `definition.services.${index}` as const;
  const path = `${row}.match` as const;
  return (
    <>
      <ProtocolField index={index} protocol={protocol} />
      <TextField path={`${path}.vip`} row={row} also={[path]} label="VIP" mono className="w-60" required />
      <NumberField path={`${path}.port`} row={row} label={t('port')} max={65_535} className="w-24" required />
    </>
  );
}

function MarkFields({ index, protocol, family }: { index: number; protocol: Protocol; family: Family }) {
  const t = useTranslations('clusterForm');
  const families = useTranslations('clusterForm.families');
  const { setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const path = `${row}.match` as const;
  return (
    <>
      <NumberField path={`${path}.mark`} row={row} label={t('mark')} min={1} max={4_294_967_295} className="w-28" required />
      <ChoiceField
        path={`${path}.family`} row={row} label={t('family')} value={family} className="w-24"
        options={Family.options.map((value) => ({ value, label: families(value) }))}
        onChoose={(value) => setValue(`${path}.family`, Family.parse(value), { shouldDirty: true })}
      />
      <ProtocolField index={index} protocol={protocol} />
      <ListField path={`${path}.vips`} row={row} also={[path]} label={t('markedVips')} hint={t('several')} className="w-72" required />
      <ListField path={`${path}.ports`} row={row} label={t('markedPorts')} hint={t('noneIsEvery')} numbers className="w-40" />
    </>
  );
}
