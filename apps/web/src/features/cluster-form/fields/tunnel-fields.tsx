'use client';
// How packets are wrapped on their way to a tunnelled real server.
import type { Tunnel } from '@weir/model';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { tunnelOf, type ClusterForm } from '../definition/form-values.ts';
import { ChoiceField, NumberField } from './path-fields.tsx';

const types = ['ipip', 'gue', 'gre'] as const;
const checksums = { gue: ['none', 'csum', 'remcsum'], gre: ['none', 'csum'] } as const;

export interface TunnelFieldsProps {
  path: `definition.services.${number}.${`realServers.${number}` | 'health.sorry'}.method.tunnel`;
  row: string;
  tunnel: Tunnel;
}

export function TunnelFields({ path, row, tunnel }: TunnelFieldsProps) {
  const t = useTranslations('clusterForm');
  const { setValue } = useFormContext<ClusterForm>();
  const set = (next: Tunnel | undefined) => next !== undefined && setValue(path, next, { shouldDirty: true });
  const chooseChecksum = (value: string) => {
    if (tunnel.type === 'gue') set({ ...tunnel, checksum: checksums.gue.find((each) => each === value) ?? 'none' });
    if (tunnel.type === 'gre') set({ ...tunnel, checksum: checksums.gre.find((each) => each === value) ?? 'none' });
  };
  return (
    <>
      <ChoiceField
        path={`${path}.type`} row={row} label={t('tunnel')} value={tunnel.type} mono className="w-24"
        options={types.map((value) => ({ value, label: value }))}
        onChoose={(value) => set(types.filter((each) => each === value).map(tunnelOf)[0])}
      />
      {tunnel.type === 'gue' && <NumberField path={`${path}.port`} row={row} label={t('tunnelPort')} min={1} max={65_535} className="w-24" />}
      {tunnel.type !== 'ipip' && (
        <ChoiceField
          path={`${path}.checksum`} row={row} label={t('checksum')} value={tunnel.checksum} mono className="w-28"
          options={checksums[tunnel.type].map((value) => ({ value, label: value }))} onChoose={chooseChecksum}
        />
      )}
    </>
  );
}
