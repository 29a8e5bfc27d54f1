'use client';
// Whether a revision is approved, as a mark; by whom and when, where somebody decided.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { Approval } from '../../server/clusters/cluster-view.ts';
import { When } from '../time/when.tsx';

const glyphs: Record<Approval['state'], Status> = { saved: 'up', approved: 'up', proposed: 'draft', rejected: 'down' };

export interface ApprovalMarkProps {
  approval: Approval;
  /** A newer revision was saved: nobody decides on this one any more. */
  overtaken?: boolean | undefined;
}

export function ApprovalMark({ approval, overtaken = false }: ApprovalMarkProps) {
  const t = useTranslations('approval');
  const { state } = approval;
  if (state === 'proposed' && overtaken) return <StatusGlyph status="stale" label={t('states.overtaken')} showLabel />;
  if (state === 'saved' || state === 'proposed') return <StatusGlyph status={glyphs[state]} label={t(`states.${state}`)} showLabel />;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusGlyph status={glyphs[state]} label={t(`states.${state}`)} showLabel />
      <span className="text-muted">{approval.by} · <When at={approval.at} /></span>
    </span>
  );
}
