// Nothing here: why, and the one thing to do about it.
import type { ReactNode } from 'react';

export interface EmptyProps {
  title: ReactNode;
  why: ReactNode;
  action?: ReactNode;
}

export function Empty({ title, why, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-10 text-center">
      <p className="text-lg font-semibold">{title}</p>
      <p className="max-w-[52ch] text-muted">{why}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
