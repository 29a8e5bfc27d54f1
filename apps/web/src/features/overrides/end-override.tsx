'use client';
// Ends an override; asks first where its weight was made a revision that is not applied yet, for then the weight falls back.
import type { Override } from '@weir/model';
import { Button, ConfirmDialog } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import { keptUnapplied } from './kept.ts';
import type { OverrideRow } from './standing.ts';
import { useEndOverrides } from './use-overrides.ts';

export function EndOverride({ cluster, row }: { cluster: ClusterView; row: Pick<OverrideRow, 'override' | 'definedWeight'> }) {
  const t = useTranslations('overrides');
  const { end, busy } = useEndOverrides(cluster.id);
  const [asking, setAsking] = useState(false);
  const kept = keptUnapplied(cluster.head, row);
  const finish = (override: Override): void => {
    setAsking(false);
    end([override.id]);
  };
  return (
    <>
      <Button variant="quiet" className="h-7" busy={busy} onClick={() => (kept === null ? finish(row.override) : setAsking(true))}>{t('end')}</Button>
      {kept !== null && (
        <ConfirmDialog
          open={asking} onOpenChange={setAsking} title={t('endKeptTitle', { realServer: kept.realServer })}
          effect={t('endKept', { revision: cluster.head.number, weight: kept.weight, accepted: kept.accepted })}
          confirmLabel={t('endIt')} cancelLabel={t('cancel')} onConfirm={() => finish(row.override)} busy={busy}
        />
      )}
    </>
  );
}
