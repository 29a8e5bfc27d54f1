'use client';
// One virtual service: where clients reach it, how it schedules, and its real servers.
import { addressOf, Protocol, serviceKey, type VirtualService } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { persistenceText } from '../../words/setting-changes.ts';
import type { ClusterForm } from '../definition/form-values.ts';
import { ChoiceField, NumberField, TextField } from '../fields/path-fields.tsx';
import { RealServersPart } from './real-servers-part.tsx';
import { RowMessages } from '../fields/row-messages.tsx';
import { SchedulerFields } from '../fields/scheduler-fields.tsx';

export function ServicePart({ index, onRemove }: { index: number; onRemove: () => void }) {
  const t = useTranslations('clusterForm');
  const { control } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const service = useWatch({ control, name: row });
  const remove = (
    <Button variant="quiet" className="h-7" onClick={onRemove} aria-label={t('removeService', { name: service.name || String(index + 1) })}>{t('remove')}</Button>
  );
  return (
    <Panel title={service.name || t('service', { number: index + 1 })} sub={<KeptAsIs service={service} />} actions={remove}>
      <div className="flex flex-wrap items-start gap-2">
        <TextField path={`${row}.name`} row={row} label={t('name')} className="w-44" required />
        {service.match.kind === 'address' && <AddressFields index={index} protocol={service.match.protocol} />}
        <SchedulerFields index={index} scheduler={service.scheduler} />
        <RowMessages row={row} inner={`${row}.realServers`} />
      </div>
      <RealServersPart service={index} />
    </Panel>
  );
}

function AddressFields({ index, protocol }: { index: number; protocol: Protocol }) {
  const t = useTranslations('clusterForm');
  const { setValue } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const path = `${row}.match` as const;
  return (
    <>
      <ChoiceField
        path={`${path}.protocol`} row={row} also={[`${row}.onePacket`]} label={t('protocol')} value={protocol} mono className="w-24"
        options={Protocol.options.map((value) => ({ value, label: value }))}
        onChoose={(value) => setValue(`${path}.protocol`, Protocol.parse(value), { shouldDirty: true })}
      />
      <TextField path={`${path}.vip`} row={row} also={[path]} label="VIP" mono className="w-60" required />
      <NumberField path={`${path}.port`} row={row} label={t('port')} max={65_535} className="w-24" required />
    </>
  );
}

/** What the form does not edit stays as it is, and is named. */
function KeptAsIs({ service }: { service: VirtualService }) {
  const t = useTranslations('clusterForm');
  const kept = [
    service.match.kind === 'mark' && serviceKey(addressOf(service.match)),
    service.persistence !== null && t('persistent', { how: persistenceText(service.persistence) }),
    service.onePacket && 'ops',
  ].filter((part) => part !== false);
  return kept.length === 0 ? null : t('kept', { what: kept.join(', ') });
}
