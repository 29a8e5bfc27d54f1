// The last values of what no longer answers: readable, grey, and marked with when they were seen.
import type { ReactNode } from 'react';
import { StatusGlyph } from '../marks/status-glyph.tsx';

export interface StaleProps {
  /** Who is silent and since when: "lvs-b last seen 14:02:11 · 2 m ago". Null while the content is fresh. */
  since: string | null;
  children: ReactNode;
  className?: string | undefined;
}

export function Stale({ since, children, className = '' }: StaleProps) {
  return (
    <div className={className} data-stale={since === null ? undefined : ''}>
      {since !== null && (
        <p className="flex items-center border-b border-dashed border-stale px-3 py-1.5 text-sm text-stale">
          <StatusGlyph status="stale" label={since} showLabel />
        </p>
      )}
      <div className={since === null ? undefined : 'weir-stale'}>{children}</div>
    </div>
  );
}
