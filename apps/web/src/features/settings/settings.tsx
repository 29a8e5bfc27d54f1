'use client';
// What holds for the panel as a whole: for now how much history it keeps.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { BudgetForm } from './budget-form.tsx';
import { HistoryKept } from './history-kept.tsx';

/** It moves slowly, and asking for it counts rows. */
const refreshMs = 60_000;

export function Settings() {
  const t = useTranslations('settings');
  const storage = useQuery(useTRPC().history.storage.queryOptions(undefined, { refetchInterval: refreshMs }));
  return (
    <Page>
      <PageHead title={t('title')} />
      <Panel title={t('history')} sub={t('historyWhy')} padded={false}>
        <Loaded query={storage} failed={t('loadFailed')} rows={8}>
          {(kept) => (
            <>
              <div className="border-b border-line p-3">
                <NeedsRole needs="admin" what={t('setBudget')}><BudgetForm key={kept.budgetBytes} budgetBytes={kept.budgetBytes} /></NeedsRole>
              </div>
              <HistoryKept storage={kept} />
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}
