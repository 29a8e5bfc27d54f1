'use client';
// What a real server's host needs for all services of a cluster, as a script and as persistent configuration.
import { addressOf, ifcfgConfig, needsNothing, networkdConfig, realServerNeeds, serviceKey, type ClusterDefinition, type RealServerNeeds } from '@weir/model';
import { Empty, Notice, Panel, Tabs, Wire } from '@weir/ui';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useMethodText } from '../words/use-method-text.ts';
import { ConfigFiles } from './config-files.tsx';
import { ScriptView } from './script-view.tsx';

export interface SetUpHostProps {
  clusterId: string;
  definition: ClusterDefinition;
  rip: string;
}

export function SetUpHost({ clusterId, definition, rip }: SetUpHostProps) {
  const t = useTranslations('hostSetup');
  const needs = useMemo(() => realServerNeeds(definition, rip), [definition, rip]);
  return (
    <Panel title={t('title')} sub={<>{needs.names.join(', ')} <span className="font-mono">{rip}</span></>} padded={false}>
      <NeededBy needs={needs} />
      {needs.gaps.map((gap) => <Notice key={gap} tone="warn" what={t('gap')} why={t(`gaps.${gap}`)} className="m-3" />)}
      {needsNothing(needs)
        ? <Empty title={t('nothing')} why={t(needs.hosted.every(({ realServer }) => realServer.method.kind === 'proxied') ? 'nothingProxied' : 'nothingOnDirector')} />
        : <Formats clusterId={clusterId} clusterName={definition.name} needs={needs} />}
    </Panel>
  );
}

function NeededBy({ needs: { hosted } }: { needs: RealServerNeeds }) {
  const t = useTranslations('hostSetup');
  const method = useTranslations('methods');
  const methodText = useMethodText();
  return (
    <div className="border-b border-line p-3">
      <p className="text-muted">{t('neededBy', { count: hosted.length })}</p>
      <ul className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        {hosted.map(({ service, realServer }) => (
          <li key={`${service.id} ${realServer.id}`} className="inline-flex flex-wrap items-center gap-2">
            <Wire method={realServer.method.kind} label={method(realServer.method.kind)} />
            {service.name} <span className="font-mono">{serviceKey(addressOf(service.match))}</span> <span className="text-muted">{methodText(realServer.method)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Formats({ clusterId, clusterName, needs }: { clusterId: string; clusterName: string; needs: RealServerNeeds }) {
  const t = useTranslations('hostSetup');
  const input = useMemo(() => ({ clusterId, clusterName, needs }), [clusterId, clusterName, needs]);
  return (
    <Tabs
      label={t('format')}
      tabs={[
        { id: 'script', label: t('script'), content: <ScriptView input={input} /> },
        { id: 'networkd', label: 'systemd-networkd', content: <ConfigFiles config={networkdConfig(needs, clusterId)} rip={needs.rip} /> },
        { id: 'ifcfg', label: 'ifcfg', content: <ConfigFiles config={ifcfgConfig(needs, clusterId)} rip={needs.rip} /> },
      ]}
    />
  );
}
