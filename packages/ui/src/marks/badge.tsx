// A short word about a thing. Violet means draft and nothing else.
import type { ReactNode } from 'react';

export type BadgeTone = 'plain' | 'draft' | 'warn' | 'down';

const TONES: Record<BadgeTone, string> = {
  plain: 'border-line text-muted',
  draft: 'border-dashed border-draft bg-draft-bg text-draft',
  warn: 'border-warn text-warn',
  down: 'border-down text-down',
};

export interface BadgeProps {
  tone?: BadgeTone | undefined;
  children: ReactNode;
}

export function Badge({ tone = 'plain', children }: BadgeProps) {
  return (
    <span
      className={`inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-sm whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
