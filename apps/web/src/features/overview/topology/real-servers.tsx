'use client';
// A service's real servers in miniature: told apart by shape, said in words.
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ServiceLine } from '../../../live/service-line.ts';
import { dotsOf, type Dot } from './dots.ts';

const dotsMax = 5;
const stepPx = 8;

const shapes: Record<Dot, { readonly colour: string; readonly shape: ReactNode }> = {
  up: { colour: 'text-up', shape: <rect x="1" y="1" width="6" height="6" fill="currentColor" /> },
  down: { colour: 'text-down', shape: <path d="M1.2 1.2 6.8 6.8M6.8 1.2 1.2 6.8" stroke="currentColor" strokeWidth="1.8" /> },
  draining: { colour: 'text-drain', shape: <><rect x="1.6" y="1.6" width="4.8" height="4.8" fill="none" stroke="currentColor" strokeWidth="1.2" /><rect x="1" y="1" width="3" height="6" fill="currentColor" /></> },
  out: { colour: 'text-muted', shape: <rect x="1.6" y="1.6" width="4.8" height="4.8" fill="none" stroke="currentColor" strokeWidth="1.2" /> },
};

export function RealServers({ of }: { of: ServiceLine['realServers'] }) {
  const t = useTranslations('overview');
  const { dots, left } = dotsOf(of, dotsMax);
  const label = t('realServers', of);
  const width = Math.max(1, dots.length) * stepPx;
  return (
    <span className="inline-flex shrink-0 items-center gap-1" title={label}>
      <svg viewBox={`0 0 ${width} 8`} width={width} height="8" role="img" aria-label={label}>
        {dots.map((dot, place) => <g key={place} transform={`translate(${place * stepPx} 0)`} className={shapes[dot].colour}>{shapes[dot].shape}</g>)}
      </svg>
      {left > 0 && <span className="font-mono text-xs text-muted" aria-hidden="true">+{left}</span>}
    </span>
  );
}
