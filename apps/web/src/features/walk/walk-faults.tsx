'use client';
// Why the client gets no answer this way, and what to do about it.
import type { Walk } from '@weir/model';
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';

export function WalkFaults({ walk }: { walk: Walk }) {
  const t = useTranslations('walk');
  return walk.faults.map(({ code, hop, params }) => (
    <Notice key={code} tone="warn" what={t('brokenAt', { hop: hop + 1 })} why={t(`faults.${code}`, params)} className="m-3" />
  ));
}
