'use client';
// A virtual service on the canvas: where clients reach it, how it schedules, and what it carries now.
import { serviceCalled, vipsOf, type VirtualService } from '@weir/model';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { worstServiceHealth } from '../../health/state/service-health.tsx';
import { useHealthText } from '../../health/state/use-health-text.ts';
import { serviceGlyphs } from '../../traffic/row-state.ts';
import { schedulerText } from '../../words/setting-changes.ts';
import { useServiceFigures } from '../figures/use-figures.tsx';
import { FiguresText, StateMark } from './live-figures.tsx';
import { EndpointText, FoundMark, NodeFrame, UnsentMark } from './node-frame.tsx';
import type { ServiceNode as Drawn } from './node-data.ts';
import { isFar } from './zoom.ts';

export const ServiceNode = memo(function ServiceNode({ data, selected }: NodeProps<Drawn>) {
  const t = useTranslations('canvas');
  const far = useStore(isFar);
  const { service, ...state } = data;
  return (
    <NodeFrame {...state} selected={selected} className={far ? 'flex items-center' : 'flex flex-col justify-center gap-0.5 py-1'}>
      <span className="sr-only">{t('virtualService')} </span>
      {far ? <Far service={service} marks={state.marks} /> : <Near service={service} unsent={state.unsent} marks={state.marks} />}
      <Handle type="source" position={Position.Right} className="weir-plug" aria-hidden="true" />
    </NodeFrame>
  );
});

function Far({ service, marks }: { service: VirtualService } & Pick<Drawn['data'], 'marks'>) {
  return <><span className="truncate text-[24px]/7 font-semibold">{serviceCalled(service)}</span><FoundMark marks={marks} /></>;
}

function Near({ service, unsent, marks }: { service: VirtualService } & Pick<Drawn['data'], 'unsent' | 'marks'>) {
  const t = useTranslations('canvas');
  const states = useTranslations('traffic.serviceStates');
  const figures = useServiceFigures(service.id);
  const text = useHealthText();
  const worst = worstServiceHealth(figures?.health ?? []);
  const { realServers, scheduler, name } = service;
  return (
    <>
      <span className="flex items-center gap-1.5">
        {figures !== null && <StateMark glyph={serviceGlyphs[figures.state]} word={states(figures.state)} silent={figures.silent} />}
        <span className={`truncate font-semibold ${name === '' ? 'text-muted italic' : ''}`}>{name === '' ? t('nameless') : name}</span>
        <UnsentMark unsent={unsent} />
        <FiguresText figures={figures} />
      </span>
      <Reached service={service} />
      <span className="flex text-xs text-muted">
        <span className="truncate">{schedulerText(scheduler)} · {worst === null || figures?.silent === true ? t('realServers', { count: realServers.length }) : text.service(worst.state)}</span>
        <FoundMark marks={marks} />
      </span>
    </>
  );
}

function Reached({ service: { match } }: { service: VirtualService }) {
  const t = useTranslations('canvas');
  const [vip = '', ...others] = vipsOf(match);
  if (match.kind === 'mark') return <span className="truncate font-mono text-sm">fwm {Number.isNaN(match.mark) ? '…' : match.mark} · {vip}{others.length > 0 && ` +${others.length}`}</span>;
  if (vip === '') return <span className="truncate text-sm text-muted italic">{t('noVip')}</span>;
  return <EndpointText address={vip} port={match.port} className="text-sm"> {match.protocol}</EndpointText>;
}
