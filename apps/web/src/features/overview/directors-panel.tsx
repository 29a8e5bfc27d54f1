'use client';
// The directors and how the link to each stands.
import { Panel } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';
import { Drift } from '../directors/drift.tsx';
import { LinkMark } from '../directors/link-mark.tsx';

export function DirectorsPanel({ directors }: { directors: readonly DirectorView[] }) {
  const t = useTranslations('overview');
  return (
    <Panel title={<Link href="/directors">{t('directors')}</Link>} sub={directors.length} padded={false} className="shrink-0">
      <ul className="relative xl:max-h-33 xl:overflow-y-auto">
        {directors.toSorted(silentFirst).map((director) => (
          <li key={director.id} className="flex min-h-8 flex-wrap items-center gap-x-3 border-b border-line px-3 last:border-b-0">
            <Link href={`/directors/${director.id}`} className="w-32 truncate" title={director.name}>{director.name}</Link>
            <LinkMark link={director.link} />
            <span className="font-mono text-muted">{director.hello?.capabilities.driver ?? '—'}</span>
            {director.drift !== null && director.drift > 0 && <span className="flex gap-1.5">{t('drift')} <Drift director={director} /></span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What needs a look is in sight however many there are. */
function silentFirst(a: DirectorView, b: DirectorView): number {
  return Number(a.link.state === 'connected') - Number(b.link.state === 'connected');
}
