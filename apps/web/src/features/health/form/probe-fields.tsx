'use client';
// What is asked of a real server: only the fields of the chosen type.
import type { Probe, ProbeOf } from '@weir/model';
import { Checkbox } from '@weir/ui';
import { useContext } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { FormFacts } from '../../cluster-form/fields/form-context.tsx';
import { ChoiceField, TextField } from '../../cluster-form/fields/path-fields.tsx';
import { ArgumentFields } from './argument-fields.tsx';
import { ExpectedFields } from './expected-fields.tsx';
import { HeaderFields } from './header-fields.tsx';
import { presetProbe } from './new-check.ts';
import { TlsFields } from './tls-fields.tsx';
import { StatusesField } from './written-field.tsx';

export interface ProbeFieldsProps<TProbe extends Probe = Probe> {
  path: `definition.services.${number}.health.checks.${number}.probe`;
  row: string;
  probe: TProbe;
}

export function ProbeFields({ probe, ...rest }: ProbeFieldsProps) {
  switch (probe.type) {
    case 'http': return <HttpFields {...rest} probe={probe} />;
    case 'tls': return <TlsFields path={`${rest.path}.tls`} row={rest.row} tls={probe.tls} />;
    case 'exchange': return <ExchangeFields {...rest} probe={probe} />;
    case 'dns': return <DnsFields {...rest} probe={probe} />;
    case 'agent': return <AgentFields {...rest} />;
    case 'script': return <ScriptFields {...rest} probe={probe} />;
    case 'tcp':
    case 'icmp':
    case 'path': return null;
  }
}

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const;

function HttpFields({ path, row, probe }: ProbeFieldsProps<ProbeOf<'http'>>) {
  const t = useTranslations('healthForm.http');
  const { setValue } = useFormContext<ClusterForm>();
  const https = presetProbe('https');
  const over = (on: boolean) => setValue(`${path}.tls`, on && https.type === 'http' ? https.tls : null, { shouldDirty: true });
  return (
    <>
      <ChoiceField
        path={`${path}.method`} row={row} label={t('method')} value={probe.method} mono className="w-28" options={methods.map((value) => ({ value, label: value }))}
        onChoose={(value) => methods.filter((each) => each === value).forEach((method) => setValue(`${path}.method`, method, { shouldDirty: true }))}
      />
      <TextField path={`${path}.path`} row={row} label={t('path')} hint={t('pathHint')} mono className="w-60" required />
      <StatusesField
        path={`${path}.statuses`} row={row} label={t('statuses')} hint={t('statusesHint')} className="w-44" value={probe.statuses}
        onWrite={(statuses) => setValue(`${path}.statuses`, statuses, { shouldDirty: true })}
      />
      <TextField path={`${path}.host`} row={row} label={t('host')} hint={t('hostHint')} nullable mono className="w-60" />
      <ExpectedFields path={`${path}.body`} row={row} expected={probe.body} label={t('body')} />
      <Checkbox name={`${path}.tls`} label={t('tls')} checked={probe.tls !== null} onChange={(event) => over(event.target.checked)} className="mt-6.5" />
      {probe.tls !== null && <TlsFields path={`${path}.tls`} row={row} tls={probe.tls} />}
      <HeaderFields path={`${path}.headers`} row={row} headers={probe.headers} />
    </>
  );
}

function ExchangeFields({ path, row, probe }: ProbeFieldsProps<ProbeOf<'exchange'>>) {
  const t = useTranslations('healthForm.exchange');
  return (
    <>
      <TransportField path={path} row={row} transport={probe.transport} />
      <TextField path={`${path}.send`} row={row} label={t('send')} hint={t(probe.transport === 'udp' ? 'sendUdpHint' : 'sendHint')} nullable mono className="w-72" />
      <ExpectedFields path={`${path}.expect`} row={row} expected={probe.expect} label={t('expect')} />
    </>
  );
}

const records = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

function DnsFields({ path, row, probe }: ProbeFieldsProps<ProbeOf<'dns'>>) {
  const t = useTranslations('healthForm.dns');
  const { setValue } = useFormContext<ClusterForm>();
  return (
    <>
      <TransportField path={path} row={row} transport={probe.transport} />
      <TextField path={`${path}.name`} row={row} label={t('name')} hint={t('nameHint')} mono className="w-60" required />
      <ChoiceField
        path={`${path}.record`} row={row} label={t('record')} value={probe.record} mono className="w-24" options={records.map((value) => ({ value, label: value }))}
        onChoose={(value) => records.filter((each) => each === value).forEach((record) => setValue(`${path}.record`, record, { shouldDirty: true }))}
      />
      <TextField path={`${path}.answer`} row={row} label={t('answer')} hint={t('answerHint')} nullable mono className="w-60" />
    </>
  );
}

function TransportField({ path, row, transport }: Omit<ProbeFieldsProps, 'probe'> & { transport: 'tcp' | 'udp' }) {
  const t = useTranslations('clusterForm');
  const { setValue } = useFormContext<ClusterForm>();
  return (
    <ChoiceField
      path={`${path}.transport`} row={row} label={t('protocol')} value={transport} mono className="w-24"
      options={['tcp', 'udp'].map((value) => ({ value, label: value }))}
      onChoose={(value) => setValue(`${path}.transport`, value === 'udp' ? 'udp' : 'tcp', { shouldDirty: true })}
    />
  );
}

function AgentFields({ path, row }: Omit<ProbeFieldsProps, 'probe'>) {
  const t = useTranslations('healthForm.agent');
  return <TextField path={`${path}.path`} row={row} label={t('path')} hint={t('pathHint')} nullable mono className="w-72" />;
}

const filesShownMax = 20;

/** Its directors say which scripts they have. */
function ScriptFields({ path, row, probe }: ProbeFieldsProps<ProbeOf<'script'>>) {
  const t = useTranslations('healthForm.script');
  const { directors } = useContext(FormFacts);
  const { control } = useFormContext<ClusterForm>();
  const members = useWatch({ control, name: 'definition.directors' }).map(({ directorId }) => directorId);
  const there = directors.filter(({ id }) => members.includes(id)).flatMap(({ hello }) => hello?.health?.scripts ?? [])
    .filter(({ refusedBecause }) => refusedBecause === null).map(({ file }) => file);
  const files = [...new Set(there)].toSorted().slice(0, filesShownMax).join(', ');
  return (
    <>
      <TextField path={`${path}.file`} row={row} label={t('file')} hint={files === '' ? t('fileHint') : t('filesThere', { files })} mono className="w-72" required />
      <ArgumentFields path={`${path}.arguments`} row={row} values={probe.arguments} />
    </>
  );
}
