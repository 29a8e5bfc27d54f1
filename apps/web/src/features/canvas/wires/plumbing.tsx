'use client';
// What no single node owns: the clients, their requests to each service, and the replies that go round a director.
import { replyBypassesDirector, type ClusterDefinition } from '@weir/model';
import { arrowHead } from '@weir/ui';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { Layout, PlacedNode } from '../layout/lay-out.ts';
import { clients, laneGap } from '../layout/measures.ts';
import type { Rect } from '../layout/occupied.ts';

export interface PlumbingProps {
  layout: Layout;
  definition: ClusterDefinition;
  /** Of these the requests are drawn. */
  seen: readonly PlacedNode[];
  /** What is in sight, with some around it. */
  view: Rect;
}

const headHeight = 44;

export const Plumbing = memo(function Plumbing({ layout, definition, seen, view }: PlumbingProps) {
  const t = useTranslations('canvas');
  const returns = useReturns(layout, definition);
  const lowest = Math.max(headHeight, ...returns.map(({ bottom }) => bottom), ...layout.nodes.filter(({ kind }) => kind === 'service').slice(-1).map(({ y, height }) => y + height / 2));
  return (
    <ViewportPortal>
      <svg className="pointer-events-none absolute overflow-visible text-line-strong" width="1" height="1" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
        <path d={`M${clients.railX} ${headHeight}V${lowest}`} strokeWidth="2" />
        {seen.filter(({ kind }) => kind === 'service').map(({ key, x, y, height }) => (
          <path key={key} d={`M${clients.railX} ${y + height / 2}H${x - 1}${arrowHead({ x: x - 1, y: y + height / 2 })}`} />
        ))}
        {returns.map(({ key, top, bottom }) => (
          <g key={key}>
            <path d={returnPath(layout.busX, top, bottom, view)} strokeDasharray={dashes.join(' ')} data-returns={key} />
            <path d={arrowHead({ x: clients.railX + 2, y: bottom }, 'right')} />
          </g>
        ))}
      </svg>
      <div
        className="absolute flex items-center justify-center rounded-sm border border-line-strong bg-panel text-text"
        style={{ transform: `translate(${clients.x}px, 0)`, width: clients.width, height: headHeight }}
      >
        {t('clients')}
      </div>
    </ViewportPortal>
  );
});

const dashes = [4, 3] as const;
const dashLength = dashes[0] + dashes[1];
const corner = 8;

/** Down beside everything and back to the clients, as far as it is in sight: beside thousands of real servers it has a hundred thousand dashes, and each step of the wheel would draw all of them. */
export function returnPath(x: number, top: number, bottom: number, view: Pick<Rect, 'y' | 'height'>): string {
  const end = view.y + view.height;
  if (bottom < view.y || top > end) return '';
  // Dashes stay where they are while it is scrolled.
  const from = top + Math.floor(Math.max(0, view.y - top) / dashLength) * dashLength;
  return bottom > end ? `M${x} ${from}V${end}` : `M${x} ${from}V${bottom - corner}q0 ${corner} -${corner} ${corner}H${clients.railX + 3}`;
}

/** Per lane, from the first real server that answers clients itself down below the director's box. */
function useReturns({ lanes, nodes }: Layout, definition: ClusterDefinition): { key: string; top: number; bottom: number }[] {
  return useMemo(() => {
    const bypassing = new Set(definition.services.flatMap(({ id, realServers }) => realServers.flatMap((realServer) => (
      replyBypassesDirector(realServer.method.kind) ? [`r:${id}/${realServer.id}`, `g:${id}`] : []))));
    const tops = new Map<string, number>();
    for (const node of nodes) if (!tops.has(node.lane) && bypassing.has(node.key)) tops.set(node.lane, node.y + node.height / 2);
    return lanes.flatMap(({ lane, y, height }) => {
      const top = tops.get(lane.key);
      return top === undefined ? [] : [{ key: lane.key, top, bottom: y + height + laneGap / 2 }];
    });
  }, [lanes, nodes, definition]);
}
