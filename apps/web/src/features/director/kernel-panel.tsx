'use client';
// What a director's kernel is: its IPVS, its schedulers and timeouts; and the counters, which can begin anew.
import { Panel } from '@weir/ui';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DirectorPage, InspectionView } from '../../server/directors/director-page.ts';
import { ZeroCounters } from './zero-counters.tsx';

type Kernel = NonNullable<InspectionView['kernel']>;

export function KernelPanel({ kernel, page }: { kernel: Kernel; page: DirectorPage }) {
  const t = useTranslations('director');
  const locale = useLocale();
  const { version, connectionTableSize, schedulers, timeouts: { tcpSeconds, tcpFinSeconds, udpSeconds } } = kernel;
  return (
    <Panel title={t('kernel')} actions={<ZeroCounters page={page} />}>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact name={t('version')}>{version}</Fact>
        <Fact name={t('tableSize')}>{t('tableSizeText', { count: connectionTableSize.toLocaleString(locale) })}</Fact>
        <Fact name={t('timeouts')}>{t('timeoutsText', { tcp: tcpSeconds, fin: tcpFinSeconds, udp: udpSeconds })}</Fact>
        <Fact name={t('schedulers')}>{schedulers.join(' ')}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="font-mono">{children}</dd>
    </>
  );
}
