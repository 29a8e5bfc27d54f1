'use client';
// Who may do what.
import { useQuery } from '@tanstack/react-query';
import { Button, Panel } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { CreatePerson } from './create-person.tsx';
import { PeopleTable } from './people-table.tsx';

export function People() {
  const t = useTranslations('people');
  return (
    <Page>
      <NeedsRole needs="admin" what={t('title')}><AllPeople /></NeedsRole>
      <p className="max-w-[80ch] text-muted">{t('rolesWhy')}</p>
    </Page>
  );
}

function AllPeople() {
  const t = useTranslations('people');
  const [creating, setCreating] = useState(false);
  const people = useQuery(useTRPC().people.list.queryOptions());
  return (
    <>
      <PageHead title={t('title')} actions={<Button variant="primary" onClick={() => setCreating(true)}>{t('create')}</Button>} />
      <Panel title={t('all')} sub={people.data?.length} padded={false}>
        <Loaded query={people} failed={t('loadFailed')} rows={4}>{(rows) => <PeopleTable people={rows} />}</Loaded>
      </Panel>
      <CreatePerson open={creating} onOpenChange={setCreating} />
    </>
  );
}
