'use client';
// The frame of a drawn node: selected, not on the wire yet, where something would be dropped, and what was found at it.
import { StatusGlyph } from '@weir/ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useFindingText } from '../../words/use-fault-text.ts';
import type { DrawnNode } from './node-data.ts';

export interface NodeFrameProps extends Pick<DrawnNode['data'], 'marks' | 'unsent' | 'target'> {
  selected: boolean;
  /** The same host is chosen or pointed at, here or elsewhere. */
  twin?: boolean;
  children: ReactNode;
  className?: string;
}

function tone({ unsent, selected, target, marks, twin = false }: Omit<NodeFrameProps, 'children'>): string {
  const ground = unsent === 'new' ? 'border-dashed border-draft bg-draft-bg' : unsent === 'changed' ? 'border-draft bg-panel' : 'border-line-strong bg-panel';
  const wrong = marks !== null && marks.errors > 0 && unsent === null ? 'border-down' : '';
  return `${ground} ${wrong} ${selected ? 'outline-2 outline-accent' : twin ? 'outline-2 outline-line-strong outline-dotted' : ''} ${target ? 'outline-2 outline-focus outline-dashed' : ''}`;
}

export function NodeFrame({ children, className = '', ...state }: NodeFrameProps) {
  return (
    <div className={`relative size-full rounded-sm border px-2 text-text hover:border-text ${tone(state)} ${className}`}>
      {children}
      {state.marks !== null && <FoundMark marks={state.marks} />}
    </div>
  );
}

/** On the upper edge; the sentences are in the side panel, and in the tip. */
export function FoundMark({ marks }: { marks: NonNullable<NodeFrameProps['marks']> }) {
  const t = useTranslations('canvas');
  const text = useFindingText();
  const { errors, warnings, findings } = marks;
  return (
    <span
      className="absolute -top-2.5 right-2 inline-flex h-5 items-center gap-1.5 rounded-sm border border-line-strong bg-panel px-1 text-xs"
      title={findings.map((finding) => text(finding)).join('\n')}
    >
      {errors > 0 && <StatusGlyph status="down" label={t('errors', { count: errors })} showLabel className="text-down" />}
      {warnings > 0 && <StatusGlyph status="degraded" label={t('warnings', { count: warnings })} showLabel className="text-warn" />}
    </span>
  );
}

/** What belongs to a draft alone, in its one hue. */
export function UnsentMark({ unsent }: Pick<NodeFrameProps, 'unsent'>) {
  const t = useTranslations('canvas');
  if (unsent === null) return null;
  return <span className="shrink-0 font-sans text-xs text-draft">◇ {t(`unsent.${unsent}`)}</span>;
}
