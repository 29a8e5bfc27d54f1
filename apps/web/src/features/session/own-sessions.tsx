'use client';
// Where this person is signed in, and how to end it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, DataTable, Panel, useToast, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useTRPC, type Outputs } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { When } from '../time/when.tsx';

type OwnSession = Outputs['session']['list'][number];

export function OwnSessions() {
  const t = useTranslations('sessions');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const locale = useLocale();
  const sessions = useQuery(trpc.session.list.queryOptions());
  const revoke = useMutation(trpc.session.revoke.mutationOptions({
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.session.pathFilter());
      toast({ text: t('ended') });
    },
  }));
  const columns = useSessionColumns((id) => revoke.mutate({ id }));
  return (
    <Page>
      <PageHead title={t('title')} sub={t('why')} />
      {revoke.error !== null && <Failure what={t('endFailed')} error={revoke.error} />}
      <Panel title={t('title')} padded={false}>
        <Loaded query={sessions} failed={t('loadFailed')}>
          {(rows) => <DataTable caption={t('title')} columns={columns} rows={rows} rowId={({ id }) => id} locale={locale} />}
        </Loaded>
      </Panel>
    </Page>
  );
}

function useSessionColumns(onEnd: (id: string) => void): Column<OwnSession>[] {
  const t = useTranslations('sessions');
  return useMemo(() => [
    { id: 'createdAt', header: t('createdAt'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'seenAt', header: t('seenAt'), cell: ({ seenAt }) => <When at={seenAt} /> },
    { id: 'expiresAt', header: t('expiresAt'), cell: ({ expiresAt }) => <When at={expiresAt} /> },
    { id: 'address', header: t('address'), mono: true, cell: ({ ipAddress }) => ipAddress ?? '—' },
    { id: 'browser', header: t('browser'), cell: ({ userAgent }) => <span className="block max-w-80 truncate" title={userAgent ?? ''}>{userAgent ?? '—'}</span> },
    {
      id: 'end', header: t('end'), hideHeader: true,
      cell: ({ id, current }) => (current
        ? <Badge>{t('current')}</Badge>
        : <Button variant="quiet" className="h-7" onClick={() => onEnd(id)}>{t('end')}</Button>),
    },
  ], [t, onEnd]);
}
