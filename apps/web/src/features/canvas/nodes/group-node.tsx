'use client';
// The real servers of a folded service, counted: how many there are, their weights, and how packets reach them.
import type { MethodKind, RealServer } from '@weir/model';
import { Wire } from '@weir/ui';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { FoundMark, NodeFrame } from './node-frame.tsx';
import type { GroupNode as Drawn } from './node-data.ts';

export const GroupNode = memo(function GroupNode({ data, selected }: NodeProps<Drawn>) {
  const t = useTranslations('canvas');
  const methods = useTranslations('methods');
  const { service: { realServers }, ...state } = data;
  const idle = realServers.filter(({ weight }) => weight === 0).length;
  return (
    <NodeFrame {...state} selected={selected} className="flex flex-col justify-center border-y-4 border-double">
      <Handle type="target" position={Position.Left} isConnectableStart={false} className="weir-socket" aria-hidden="true" />
      <span className="flex items-center gap-2">
        <span className="font-semibold">{t('realServers', { count: realServers.length })}</span>
        <span className="ml-auto flex gap-1">{kindsOf(realServers).map((kind) => <Wire key={kind} method={kind} label={methods(kind)} />)}</span>
      </span>
      <span className="flex text-xs text-muted">
        <span className="truncate">{t('weights', { range: weightRange(realServers) })}{idle > 0 && ` · ${t('idle', { count: idle })}`} · {t('folded')}</span>
        <FoundMark marks={state.marks} />
      </span>
    </NodeFrame>
  );
});

export function kindsOf(realServers: readonly RealServer[]): MethodKind[] {
  return [...new Set(realServers.map(({ method }) => method.kind))];
}

function weightRange(realServers: readonly RealServer[]): string {
  const [least, most] = realServers.reduce(([low, high], { weight }) => [Math.min(low, weight), Math.max(high, weight)], [Infinity, -Infinity]);
  return least === most ? String(least) : `${least}–${most}`;
}
