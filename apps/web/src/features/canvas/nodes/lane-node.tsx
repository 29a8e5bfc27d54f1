'use client';
// A director on the canvas: a box around the services whose VIP it holds, or, where there are none, the word that it stands by.
import type { ClusterDirector } from '@weir/model';
import { StatusGlyph } from '@weir/ui';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { LinkView } from '../../../server/gateway/director-view.ts';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import { LinkMark } from '../../directors/link-mark.tsx';
import type { Lane } from '../graph/lanes.ts';
import type { Marked } from '../graph/marks.ts';
import { FoundMark } from './node-frame.tsx';

export interface LaneData extends Record<string, unknown> {
  readonly lane: Lane;
  readonly name: string;
  readonly dip: ClusterDirector['dip'] | null;
  readonly link: LinkView | null;
  readonly marks: Marked<FormFinding> | null;
}
export type LaneFlowNode = Node<LaneData, 'lane'>;

export const LaneNode = memo(function LaneNode({ data, selected }: NodeProps<LaneFlowNode>) {
  const t = useTranslations('canvas');
  const { lane, name, dip, link, marks } = data;
  const silent = link !== null && link.state !== 'connected' && link.state !== 'connecting';
  const nobody = lane.directorId === null;
  return (
    <div className={`relative size-full rounded-md border bg-raised ${nobody || silent ? 'border-dashed' : ''} ${selected ? 'border-accent outline-1 outline-accent' : 'border-line-strong'}`}>
      <div className="pointer-events-auto flex h-11 cursor-pointer flex-col justify-center px-4">
        <span className="flex items-center gap-2">
          {nobody
            ? <StatusGlyph status="degraded" label={t('nobodyHolds')} showLabel className="font-semibold" />
            : <><span className="sr-only">{t('director')} </span><span className="truncate font-semibold">{name}</span></>}
          {dip !== null && <span className="shrink-[99] truncate font-mono text-xs text-muted">{[dip.ipv4, dip.ipv6].filter((address) => address !== null && address !== '').join(' ')}</span>}
          {link !== null && <span className="ml-auto shrink-0 text-xs"><LinkMark link={link} brief /></span>}
        </span>
        <span className="flex"><Duty lane={lane} /><FoundMark marks={marks} /></span>
      </div>
    </div>
  );
});

function Duty({ lane: { directorId, holds, standsBy } }: { lane: Lane }) {
  const t = useTranslations('canvas');
  if (directorId === null) return <span className="truncate text-xs text-muted">{t('nobodyHoldsWhy')}</span>;
  return (
    <span className="truncate text-xs text-muted" title={[...holds, ...standsBy].join('\n')}>
      {holds.length > 0 && <>{t('holds')} <span className="font-mono text-text">{listed(holds)}</span></>}
      {holds.length > 0 && standsBy.length > 0 && ' · '}
      {standsBy.length > 0 && <>{t('standsBy')} <span className="font-mono">{listed(standsBy)}</span></>}
      {holds.length + standsBy.length === 0 && t('holdsNothing')}
    </span>
  );
}

function listed([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} +${others.length}`;
}

