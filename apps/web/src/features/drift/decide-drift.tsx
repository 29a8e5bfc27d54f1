'use client';
// What can be done about a cluster's drift on one director as a whole: adopt what is there, or restore what is wanted.
import { Button } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { NeedsRole } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { AdoptDialog, type AdoptDialogProps } from './adopt-dialog.tsx';

export function DecideDrift(of: Omit<AdoptDialogProps, 'onClose'>) {
  const t = useTranslations('drift');
  const [asking, setAsking] = useState(false);
  const { clusterId, cluster } = of;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <NeedsRole needs="operator" clusterId={clusterId} silent>
        <Button onClick={() => setAsking(true)}>{t('adopt', { cluster })}</Button>
        {asking && <AdoptDialog {...of} onClose={() => setAsking(false)} />}
      </NeedsRole>
      <LinkButton href={`/clusters/${clusterId}/change`}>{t('restore', { cluster })}</LinkButton>
    </span>
  );
}
