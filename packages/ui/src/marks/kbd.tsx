// A key, shown where it acts.
import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 items-center rounded-sm border border-line px-1.5 font-mono text-xs text-muted">
      {children}
    </kbd>
  );
}
