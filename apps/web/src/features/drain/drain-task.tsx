'use client';
// The verb beside a real server that opens the order to drain it; nothing while it is drained.
import { Button } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { NeedsRole } from '../session/person.tsx';
import { StartDrain, type Drainable } from './start-drain.tsx';
import { drainOf } from './standing.ts';
import { useDrains } from './use-drains.ts';

export function DrainTask({ of }: { of: Drainable }) {
  const t = useTranslations('drain');
  const [open, setOpen] = useState(false);
  if (drainOf(useDrains(of.clusterId), of) !== null && !open) return null;
  return (
    <NeedsRole needs="operator" clusterId={of.clusterId} silent>
      <Button variant="quiet" className="h-7" aria-label={t('title', { realServer: of.realServer })} onClick={() => setOpen(true)}>{t('drain')}</Button>
      {open && <StartDrain of={of} onClose={() => setOpen(false)} />}
    </NeedsRole>
  );
}
