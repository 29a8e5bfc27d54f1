'use client';
// Whether a director forwards what it should.
import { StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';

export function Drift({ director }: { director: Pick<DirectorView, 'drift' | 'link'> }) {
  const t = useTranslations('drift');
  const { drift, link } = director;
  if (drift === null) return <span className="text-muted">—</span>;
  // What a silent director does now nobody knows.
  if (link.state !== 'connected') return <span className="text-muted">{t('lastHeard', { count: drift })}</span>;
  return drift === 0
    ? <span className="text-muted">{t('none')}</span>
    : <StatusGlyph status="degraded" label={t('operations', { count: drift })} showLabel />;
}
