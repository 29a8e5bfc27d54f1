// A hairline box with a header: what it shows, a word about it, what can be done.
import { useId, type ReactNode } from 'react';

export interface PanelProps {
  title: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Off for a table or a list that reaches the edges. */
  padded?: boolean | undefined;
  headingLevel?: 2 | 3 | undefined;
  className?: string | undefined;
}

export function Panel({ title, sub, actions, children, padded = true, headingLevel = 2, className = '' }: PanelProps) {
  const id = useId();
  const Heading = `h${headingLevel}` as const;
  return (
    <section
      aria-labelledby={id}
      className={`flex min-w-0 flex-col rounded-md border border-line bg-panel ${className}`}
    >
      <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5">
        <Heading id={id} className="text-base font-semibold">
          {title}
        </Heading>
        {sub && <span className="text-sm text-muted">{sub}</span>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={`min-h-0 min-w-0 flex-1 ${padded ? 'p-3' : ''}`}>{children}</div>
    </section>
  );
}
