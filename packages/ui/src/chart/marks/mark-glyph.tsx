// What happened, as a shape first and a colour second.
import { StatusGlyph, type Status } from '../../marks/status-glyph.tsx';

export type MarkKind = 'revision' | 'apply' | 'health' | 'drain' | 'override' | 'director';
export type MarkTone = 'good' | 'plain' | 'warn' | 'bad';

const COLOURS: Record<MarkTone, string> = { good: 'text-up', plain: 'text-muted', warn: 'text-warn', bad: 'text-down' };
const HEALTH: Record<MarkTone, Status> = { good: 'up', plain: 'unknown', warn: 'degraded', bad: 'down' };
// A page that was written, an arrow to the directors, a flag that was set, a host.
const PATHS = {
  revision: 'M2.5 1.5h7v9h-7ZM4.5 4.2h3M4.5 6.4h3',
  apply: 'M1 6h9M6.4 2.4 10 6 6.4 9.6',
  override: 'M2.5 11V1.5H10L7.8 4.2 10 7H2.5',
  director: 'M1 2.5h10v5H1ZM3 5h2M6 7.5V10M3.5 10.3h5',
} as const;

export function MarkGlyph({ kind, tone }: { kind: MarkKind; tone: MarkTone }) {
  if (kind === 'health' || kind === 'drain') {
    return <span aria-hidden="true" className="inline-flex"><StatusGlyph status={kind === 'drain' ? 'draining' : HEALTH[tone]} label="" /></span>;
  }
  return (
    <svg viewBox="0 0 12 12" className={`inline-block size-3 shrink-0 ${COLOURS[tone]}`} aria-hidden="true">
      <path d={PATHS[kind]} fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}
