// The state of a thing as a shape first and a colour second: told apart at 12 px and in greyscale.
import type { ReactNode } from 'react';

export type Status = 'up' | 'degraded' | 'down' | 'draining' | 'draft' | 'stale' | 'unknown' | 'plain';

interface Glyph {
  colour: string;
  shape: ReactNode;
}

const GLYPHS: Record<Status, Glyph> = {
  up: { colour: 'text-up', shape: <circle cx="6" cy="6" r="4" fill="currentColor" /> },
  degraded: { colour: 'text-warn', shape: <path d="M6 1 11.4 10.6H.6Z" fill="currentColor" /> },
  down: {
    colour: 'text-down',
    shape: <path d="M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  },
  draining: {
    colour: 'text-drain',
    shape: (
      <>
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M6 2a4 4 0 0 0 0 8Z" fill="currentColor" />
      </>
    ),
  },
  draft: {
    colour: 'text-draft',
    shape: <path d="M6 1.2 10.8 6 6 10.8 1.2 6Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  },
  stale: {
    colour: 'text-stale',
    shape: (
      <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.1 1.67" />
    ),
  },
  unknown: {
    colour: 'text-muted',
    shape: (
      <path
        d="M3.4 3.9C3.6 2.3 4.6 1.5 6 1.5c1.5 0 2.6.9 2.6 2.3C8.6 5.6 6 5.7 6 7.7M6 9.2v1.7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
    ),
  },
  // Neither good nor bad.
  plain: { colour: 'text-muted', shape: <path d="M2 6h8" fill="none" stroke="currentColor" strokeWidth="2" /> },
};

export interface StatusGlyphProps {
  status: Status;
  /** The state in words. */
  label: string;
  /** Writes the label beside the glyph; without it the label is the glyph's accessible name. */
  showLabel?: boolean | undefined;
  className?: string | undefined;
}

export function StatusGlyph({ status, label, showLabel = false, className = '' }: StatusGlyphProps) {
  const { colour, shape } = GLYPHS[status];
  const size = `inline-block size-3 shrink-0 ${colour}`;
  if (showLabel) {
    return (
      // The label's baseline, not the glyph's lower edge, is that of the whole: it stands on one line with its neighbours.
      <span className={`inline-flex items-baseline gap-1.5 ${className}`} data-status={status}>
        <svg viewBox="0 0 12 12" className={`self-center ${size}`} aria-hidden="true">
          {shape}
        </svg>
        <span>{label}</span>
      </span>
    );
  }
  return (
    <svg viewBox="0 0 12 12" className={`${size} ${className}`} role="img" aria-label={label} data-status={status}>
      <title>{label}</title>
      {shape}
    </svg>
  );
}
