'use client';
// Changes that go back, or end, by themselves unless somebody says a word: told on every page that is not about them to whoever may say it.
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Countdown } from '../changes/confirm/countdown.tsx';
import { useMay } from '../session/person.tsx';

const refreshMs = 3_000;

export function WaitingChanges() {
  const may = useMay('operator');
  return may && <Waiting />;
}

function Waiting() {
  const t = useTranslations('confirm');
  const path = usePathname();
  const { data = [], dataUpdatedAt } = useQuery(useTRPC().changes.waiting.queryOptions(undefined, { refetchInterval: refreshMs }));
  const elsewhere = data.filter(({ clusterId, applyId }) => !`${path}/`.startsWith(`/clusters/${clusterId}/`) && path !== `/changes/${applyId}`);
  if (elsewhere.length === 0) return null;
  return (
    <section aria-label={t('elsewhere')} className="rounded-sm border border-warn bg-panel px-3 py-1.5">
      <ul className="flex flex-col gap-1">
        {elsewhere.map(({ applyId, cluster, revision, isHeld, leftMs }) => (
          <li key={applyId} className="flex flex-wrap items-center gap-x-4">
            <output className="min-w-0 font-medium wrap-anywhere">{t(isHeld ? 'heldOf' : 'waitsOf', { cluster, revision })}</output>
            {leftMs !== null && <Countdown to={isHeld ? 'held' : 'back'} leftMs={leftMs} asOfMs={dataUpdatedAt} />}
            <Link href={`/changes/${applyId}`} className="leading-6 underline">{t('toChange')}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
