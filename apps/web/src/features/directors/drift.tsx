'use client';
// Whether a director forwards what it should.
import { StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorView } from '../../server/gateway/director-view.ts';

export function Drift({ director }: { director: Pick<DirectorView, 'drift'> }) {
  const t = useTranslations('drift');
  const { drift } = director;
  if (drift === null) return <span className="text-muted">—</span>;
  return drift === 0
    ? <span className="text-muted">{t('none')}</span>
    : <StatusGlyph status="degraded" label={t('operations', { count: drift })} showLabel />;
}
