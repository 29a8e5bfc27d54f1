'use client';
// A real server of a service on the canvas: where it is, its state, and what it carries now.
import { realServerCalled, type RealServer } from '@weir/model';
import { Handle, Position, useStore, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { useHealthText } from '../../health/state/use-health-text.ts';
import { healthGlyphs, worstHealth } from '../../health/state/worst-health.ts';
import { realServerGlyphs } from '../../traffic/row-state.ts';
import { useRealServerFigures } from '../figures/use-figures.tsx';
import { FiguresText, StateMark } from './live-figures.tsx';
import { EndpointText, FoundMark, NodeFrame, UnsentMark } from './node-frame.tsx';
import type { RealServerNode as Drawn } from './node-data.ts';
import { isFar } from './zoom.ts';

export const RealServerNode = memo(function RealServerNode({ data, selected }: NodeProps<Drawn>) {
  const t = useTranslations('canvas');
  const far = useStore(isFar);
  const { service, realServer, services, twin, ...state } = data;
  return (
    <NodeFrame {...state} selected={selected} twin={twin} className={far ? 'flex items-center' : 'flex flex-col justify-center'}>
      <Handle type="target" position={Position.Left} isConnectableStart={false} className="weir-socket" aria-hidden="true" />
      <span className="sr-only">{t('realServer')} </span>
      {far
        ? <><span className="truncate font-mono text-[24px]/7">{realServerCalled(realServer)}</span><FoundMark marks={state.marks} /></>
        : <Near serviceId={service.id} realServer={realServer} unsent={state.unsent} marks={state.marks} services={services} />}
    </NodeFrame>
  );
});

function Near({ serviceId, realServer, unsent, marks, services }: { serviceId: string; realServer: RealServer } & Pick<Drawn['data'], 'unsent' | 'marks' | 'services'>) {
  const t = useTranslations('canvas');
  const states = useTranslations('traffic.states');
  const figures = useRealServerFigures(serviceId, realServer.id);
  const text = useHealthText();
  const { name, rip, port } = realServer;
  const worst = worstHealth(figures?.health ?? []);
  const health = worst === null ? null : text.state(worst.state, worst.standing.rule);
  const words = figures === null ? [] : figures.silent ? [t('silent')] : [...new Set([states(figures.state), ...(health === null ? [] : [health])])];
  return (
    <>
      <span className="flex items-center gap-1.5">
        {figures !== null && <StateMark glyph={worst === null || worst.state === 'up' ? realServerGlyphs[figures.state] : healthGlyphs[worst.state]} word={words.join(', ')} silent={figures.silent} />}
        {rip === '' ? <span className="text-muted italic">{t('noRip')}</span> : <EndpointText address={rip} port={port} />}
        <UnsentMark unsent={unsent} />
        <FiguresText figures={figures} />
      </span>
      <span className="flex gap-1 text-xs text-muted">
        <span className="min-w-8 truncate">{name === '' ? t('nameless') : name}</span>
        {words.map((word) => <span key={word} className="truncate">· {word}</span>)}
        {services !== null && <SameHost services={services} />}
        <FoundMark marks={marks} />
      </span>
    </>
  );
}

/** How many services its host serves in, and which. */
function SameHost({ services }: { services: readonly string[] }) {
  const words = useTranslations('canvas')('sameHost', { services: services.join(', ') });
  return <span className="ml-auto shrink-0 pl-1" title={words}><span aria-hidden="true">⧉ {services.length}</span><span className="sr-only">{words}</span></span>;
}
