'use client';
// All directors: link, key, driver and what each has accepted.
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Panel } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { DirectorTable } from './director-table.tsx';
import { Enrol } from './enrol/enrol.tsx';

const refreshMs = 2_000;

export function Directors() {
  const t = useTranslations('directors');
  const trpc = useTRPC();
  const [enrolling, setEnrolling] = useState(false);
  const directors = useQuery(trpc.directors.list.queryOptions(undefined, { refetchInterval: refreshMs }));
  const clusters = useQuery(trpc.clusters.list.queryOptions());
  const enrol = <NeedsRole needs="admin" what={t('enrol')}><Button variant="primary" onClick={() => setEnrolling(true)}>{t('enrol')}</Button></NeedsRole>;
  return (
    <Page>
      <PageHead title={t('title')} actions={enrol} />
      <Panel title={t('all')} sub={directors.data?.length} padded={false}>
        <Loaded query={directors} failed={t('loadFailed')} rows={3}>
          {(rows) => (rows.length === 0
            ? <Empty title={t('empty')} why={t('emptyWhy')} />
            : <DirectorTable directors={rows} clusters={clusters.data ?? []} />)}
        </Loaded>
      </Panel>
      <Enrol open={enrolling} onOpenChange={setEnrolling} />
    </Page>
  );
}
