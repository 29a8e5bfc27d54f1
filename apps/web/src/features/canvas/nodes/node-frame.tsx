'use client';
// What drawn nodes have in common: their frame, what was found at them, what is not on the wire yet.
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
    </div>
  );
}

/** In numbers: what else stands in a node has its room. The sentences are in the side panel, and in the tip. */
export function FoundMark({ marks }: Pick<NodeFrameProps, 'marks'>) {
  const t = useTranslations('canvas');
  const text = useFindingText();
  if (marks === null) return null;
  const { errors, warnings, findings } = marks;
  return (
    <span className="ml-auto inline-flex shrink-0 items-center gap-1.5 pl-1 font-sans text-xs" title={findings.map((finding) => text(finding)).join('\n')}>
      {errors > 0 && <span className="inline-flex items-center gap-1 text-down"><StatusGlyph status="down" label={t('errors', { count: errors })} /><span aria-hidden="true">{errors}</span></span>}
      {warnings > 0 && <span className="inline-flex items-center gap-1 text-warn"><StatusGlyph status="degraded" label={t('warnings', { count: warnings })} /><span aria-hidden="true">{warnings}</span></span>}
    </span>
  );
}

/** What belongs to a draft alone, in its one hue. */
export function UnsentMark({ unsent }: Pick<NodeFrameProps, 'unsent'>) {
  const t = useTranslations('canvas');
  if (unsent === null) return null;
  return <span className="shrink-0 font-sans text-xs text-draft">◇ {t(`unsent.${unsent}`)}</span>;
}

/** An address that is too long is cut, its port never: what is left of a port would be another one. */
export function EndpointText({ address, port, children, className = '' }: { address: string; port: number; children?: ReactNode; className?: string }) {
  const host = address.includes(':') ? `[${address}]` : address;
  const rest = `:${Number.isNaN(port) ? '…' : port}`;
  return (
    <span className={`flex min-w-0 font-mono ${className}`} title={`${host}${rest}`}>
      <span className="truncate">{host}</span><span className="shrink-0">{rest}{children}</span>
    </span>
  );
}
