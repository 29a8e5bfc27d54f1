'use client';
// One virtual service: which packets it takes, how it schedules them, and its real servers.
import type { VirtualService } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { addressBits, type ClusterForm } from '../definition/form-values.ts';
import { familyOfMatch } from '../definition/switch-match.ts';
import { useFoundIn } from '../fields/form-context.tsx';
import { MatchFields } from '../fields/match-fields.tsx';
import { More } from '../fields/more.tsx';
import { CheckField, TextField } from '../fields/path-fields.tsx';
import { PersistenceFields } from '../fields/persistence-fields.tsx';
import { HealthPart } from './health-part.tsx';
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
    <Panel title={service.name || t('service', { number: index + 1 })} actions={remove}>
      <ServiceFields index={index} />
      <HealthPart index={index} />
      <RealServersPart service={index} />
    </Panel>
  );
}

/** Everything of it but its real servers. */
export function ServiceFields({ index }: { index: number }) {
  const t = useTranslations('clusterForm');
  const { control } = useFormContext<ClusterForm>();
  const row = `definition.services.${index}` as const;
  const service = useWatch({ control, name: row });
  return (
    <div className="flex flex-wrap items-start gap-2">
      <TextField path={`${row}.name`} row={row} label={t('name')} className="w-44" required />
      <MatchFields index={index} match={service.match} />
      <SchedulerFields index={index} scheduler={service.scheduler} />
      <ServiceMore index={index} service={service} />
      <RowMessages row={row} inner={[`${row}.realServers`, `${row}.health`]} />
    </div>
  );
}

function ServiceMore({ index, service }: { index: number; service: VirtualService }) {
  const t = useTranslations('clusterForm');
  const row = `definition.services.${index}` as const;
  const { name, match, persistence, onePacket } = service;
  const found = useFoundIn(`${row}.persistence`, `${row}.onePacket`);
  return (
    <More of={name || t('service', { number: index + 1 })} needed={found || persistence !== null || onePacket}>
      <PersistenceFields index={index} persistence={persistence} bits={addressBits[familyOfMatch(match)]} />
      <CheckField path={`${row}.onePacket`} row={row} label={t('onePacket')} className="mt-6.5" />
    </More>
  );
}
