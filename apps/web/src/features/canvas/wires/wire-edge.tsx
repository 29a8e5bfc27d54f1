'use client';
// A wire from a service to a real server: its drawing tells the forwarding method, its width what flows, beside it the weight.
import { replyBypassesDirector, type MethodKind } from '@weir/model';
import { WirePath } from '@weir/ui';
import { useStore, type Edge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import { useRealServerFigures, useServiceFigures } from '../figures/use-figures.tsx';
import { isFar } from '../nodes/zoom.ts';

export interface WireData extends Record<string, unknown> {
  readonly method: MethodKind;
  readonly serviceId: string;
  /** Null: to a folded group. */
  readonly realServerId: string | null;
  /** What is written at its end. */
  readonly label: string;
  readonly unsent: boolean;
  /** A weight of 0: no new connections go this way. */
  readonly idle: boolean;
  /** How wide its real server is, and where replies that go round the director come together. */
  readonly nodeWidth: number;
  readonly busX: number;
}
export type WireFlowEdge = Edge<WireData, 'wire'>;

export const WireEdge = memo(function WireEdge({ sourceX, sourceY, targetX, targetY, data, selected }: EdgeProps<WireFlowEdge>) {
  const far = useStore(isFar);
  if (data === undefined) return null;
  const { method, label, unsent, idle, nodeWidth, busX } = data;
  const tone = unsent ? 'text-draft' : selected === true ? 'text-text' : 'text-line-strong';
  const right = targetX + nodeWidth;
  return (
    <g className={tone} strokeDasharray={idle ? '1 3' : undefined}>
      <Strokes data={data} from={{ x: sourceX, y: sourceY }} to={{ x: targetX - 1, y: targetY }} far={far} />
      {replyBypassesDirector(method) && <path d={`M${right} ${targetY}H${busX}`} fill="none" stroke="currentColor" strokeWidth="1" strokeDasharray="4 3" />}
      {!far && label !== '' && (
        <g strokeDasharray="none" className={unsent ? 'fill-draft' : 'fill-muted'}>
          <rect x={targetX - 16 - label.length * 6.7} y={targetY - 8} width={label.length * 6.7 + 6} height="16" className="fill-bg" />
          <text x={targetX - 13} y={targetY + 4} textAnchor="end" className="font-mono text-xs">{label}</text>
        </g>
      )}
    </g>
  );
});

interface StrokesProps {
  data: WireData;
  from: { x: number; y: number };
  to: { x: number; y: number };
  far: boolean;
}

function Strokes({ far, ...rest }: StrokesProps) {
  if (far) return <WirePath method={rest.data.method} from={rest.from} to={rest.to} />;
  return rest.data.realServerId === null ? <OfService {...rest} /> : <OfRealServer {...rest} realServerId={rest.data.realServerId} />;
}

function OfService({ data, from, to }: Omit<StrokesProps, 'far'>) {
  const figures = useServiceFigures(data.serviceId);
  return <WirePath method={data.method} from={from} to={to} widthPx={widthOf(figures?.perSecond)} />;
}

function OfRealServer({ data, from, to, realServerId }: Omit<StrokesProps, 'far'> & { realServerId: string }) {
  const figures = useRealServerFigures(data.serviceId, realServerId);
  return <WirePath method={data.method} from={from} to={to} widthPx={widthOf(figures?.perSecond)} />;
}

const thinnest = 1.2;

/** Twice the width for each thousand times as many new connections; in steps, so that it seldom changes. */
function widthOf(perSecond: number | string | null | undefined): number {
  if (typeof perSecond !== 'number' || perSecond <= 0) return thinnest;
  return thinnest + Math.round(Math.min(5, Math.log10(1 + perSecond)) * 2) * 0.2;
}
