'use client';
// What calls for somebody now, the worst first; and what is over.
import { useQuery } from '@tanstack/react-query';
import { Empty, Panel } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Alert } from '../../alerts/alert.ts';
import { useTRPC } from '../../trpc/client.ts';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { Acknowledge } from './acknowledge.tsx';
import { AlertTable } from './list/alert-table.tsx';
import { worstFirst } from './order.ts';
import { PastAlerts } from './past-alerts.tsx';
import { useCalling } from './use-calling.ts';
import { useCurrentAlerts } from './use-current-alerts.ts';

export function Alerts() {
  const t = useTranslations('alertPage');
  return (
    <Page>
      <PageHead title={t('title')} sub={t('why')} actions={<LinkButton href="/alerts/rules">{t('rules')}</LinkButton>} />
      <NotSent />
      <Current />
      <PastAlerts />
    </Page>
  );
}

function Current() {
  const t = useTranslations('alertPage');
  const page = useCurrentAlerts();
  const [chosen, setChosen] = useState<Alert | null>(null);
  const count = useCalling();
  const takenOn = page.data?.alerts.filter(({ state, acknowledged }) => state === 'firing' && acknowledged !== null).length ?? 0;
  const sub = count !== undefined && [t('calling', { count }), ...(takenOn > 0 ? [t('goOn', { count: takenOn })] : [])].join(' · ');
  return (
    <Panel title={t('current')} sub={sub} padded={false}>
      <Loaded query={page} failed={t('loadFailed')} rows={4}>
        {({ alerts, total }) => (
          <>
            {total > alerts.length && <p className="px-3 py-2 text-sm text-muted">{t('cut', { shown: alerts.length, total })}</p>}
            <AlertTable caption={t('current')} alerts={worstFirst(alerts)} onAcknowledge={setChosen} empty={<Empty title={t('nothing')} why={t('nothingWhy')} />} />
          </>
        )}
      </Loaded>
      {chosen !== null && <Acknowledge alert={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

/** Whoever relies on messages is told where none would come. */
function NotSent() {
  const t = useTranslations('alertPage');
  const rules = useQuery(useTRPC().alerts.rules.queryOptions());
  const silent = rules.data?.filter(({ on, channelIds }) => on && channelIds.length === 0).length ?? 0;
  return silent > 0 && <p className="text-sm text-muted">{t('notSent', { count: silent })}</p>;
}
