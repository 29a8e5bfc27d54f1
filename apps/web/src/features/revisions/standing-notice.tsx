'use client';
// Where a cluster's newest revision is not the wanted one: which is which, said before anything else.
import { Notice } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';

export function StandingNotice({ cluster: { id, head, wanted } }: { cluster: Pick<ClusterView, 'id' | 'head' | 'wanted'> }) {
  const t = useTranslations('approval');
  if (wanted === null) return null;
  const params = { head: head.number, wanted: wanted.number, author: head.author };
  const { approval } = head;
  return (
    <Notice
      tone="info"
      what={approval.state === 'rejected' ? t('onlyRejected', { ...params, by: approval.by }) : t('onlyProposed', params)}
      why={t('wantedIs', params)}
      todo={<Link className="underline" href={`/clusters/${id}/revisions/${head.number}?from=${wanted.number}`}>{t('look', params)}</Link>}
    />
  );
}
