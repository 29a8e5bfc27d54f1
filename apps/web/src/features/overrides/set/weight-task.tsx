'use client';
// The verb beside a real server that opens the order about its weight.
import type { RealServer, VirtualService } from '@weir/model';
import { Button } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { NeedsRole } from '../../session/person.tsx';
import { SetOverride } from './set-override.tsx';

export function WeightTask({ clusterId, service, realServer }: { clusterId: string; service: VirtualService; realServer: RealServer }) {
  const t = useTranslations('overrides');
  const [open, setOpen] = useState(false);
  return (
    <NeedsRole needs="operator" clusterId={clusterId} silent>
      <span className="flex justify-end">
        <Button variant="quiet" className="h-7" aria-label={t('title', { realServer: realServer.name })} onClick={() => setOpen(true)}>{t('setWeight')}</Button>
      </span>
      {open && <SetOverride of={{ clusterId, service, realServer }} onClose={() => setOpen(false)} />}
    </NeedsRole>
  );
}
