// Where the parts of the overview stand: on a wide screen all in sight at once, each scrolling in itself; on a narrow one below each other.
import type { ReactNode } from 'react';

export interface LayoutProps {
  totals: ReactNode;
  services: ReactNode;
  throughput: ReactNode;
  aside: ReactNode;
}

export function Layout({ totals, services, throughput, aside }: LayoutProps) {
  return (
    <>
      {totals}
      <div className="grid min-h-0 flex-1 gap-3 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-h-0 min-w-0 flex-col gap-3">
          {services}
          {throughput}
        </div>
        <div className="flex min-h-0 min-w-0 flex-col gap-3">{aside}</div>
      </div>
    </>
  );
}
