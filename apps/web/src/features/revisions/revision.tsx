'use client';
// One revision: who saved it why, whether it is wanted, how it differs from another one, and what can be decided about it.
import { useQuery } from '@tanstack/react-query';
import { Notice } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RevisionDetail } from '../../server/clusters/cluster-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Applies } from '../clusters/applies.tsx';
import { IpvsadmView } from '../definition/ipvsadm-view.tsx';
import { WholeDefinition } from '../definition/whole-definition.tsx';
import { NeedsRole, useOperates } from '../session/person.tsx';
import { LinkButton } from '../states/link-button.tsx';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { When } from '../time/when.tsx';
import { useFaultText } from '../words/use-fault-text.ts';
import { ApprovalMark } from './approval-mark.tsx';
import { Compared } from './compared.tsx';
import { DecideBar } from './decide-bar.tsx';
import { GoBack } from './go-back.tsx';

export interface RevisionPageProps {
  clusterId: string;
  number: number;
}

export function RevisionPage({ clusterId, number }: RevisionPageProps) {
  const t = useTranslations('revision');
  const revision = useQuery(useTRPC().clusters.revision.queryOptions({ clusterId, number }));
  return (
    <Page>
      <PageHead
        title={t('title', { number, name: revision.data?.definition.name ?? '…' })}
        sub={revision.data && <>{revision.data.author} · <When at={revision.data.createdAt} /></>}
        actions={(
          <>
            <LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>
            {revision.data && <Actions clusterId={clusterId} revision={revision.data} />}
          </>
        )}
      />
      <Loaded query={revision} failed={t('loadFailed')} rows={6}>{(data) => <Parts clusterId={clusterId} revision={data} />}</Loaded>
    </Page>
  );
}

function Actions({ clusterId, revision }: { clusterId: string; revision: RevisionDetail }) {
  const t = useTranslations('revision');
  const { number, headNumber, wantedNumber } = revision;
  const operates = useOperates(clusterId);
  return (
    <>
      {number !== headNumber && <NeedsRole needs="operator" clusterId={clusterId} silent><GoBack clusterId={clusterId} revision={revision} /></NeedsRole>}
      {number === wantedNumber && <LinkButton href={`/clusters/${clusterId}/change`} variant={operates ? 'primary' : 'secondary'}>{t(operates ? 'toChange' : 'toReview')}</LinkButton>}
    </>
  );
}

function Parts({ clusterId, revision }: { clusterId: string; revision: RevisionDetail }) {
  const t = useTranslations('revision');
  const { approval, number, headNumber, wantedNumber, reason } = revision;
  const directors = useQuery(useTRPC().directors.list.queryOptions());
  const nameOf = (directorId: string): string => directors.data?.find(({ id }) => id === directorId)?.name ?? directorId;
  return (
    <>
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        <Term name={t('standing')}>{t(standingOf(revision), { number, wanted: wantedNumber })}</Term>
        <Term name={t('approval')}><ApprovalMark approval={approval} overtaken={number < headNumber} /></Term>
        {'note' in approval && approval.note !== '' && <Term name={t('note')}>{approval.note}</Term>}
        <Term name={t('reason')}>{reason === '' ? '—' : reason}</Term>
      </dl>
      <Compared clusterId={clusterId} revision={revision} nameOf={nameOf} />
      <WholeDefinition definition={revision.definition} nameOf={nameOf} />
      <IpvsadmView definition={revision.definition} nameOf={nameOf} />
      <Applies clusterId={clusterId} revision={number} />
      {approval.state === 'proposed' && (number === headNumber
        ? <Proposal clusterId={clusterId} revision={revision} />
        : <Notice tone="info" what={t('movedOn', { head: headNumber })} todo={<Link className="underline" href={`/clusters/${clusterId}/revisions/${headNumber}`}>{t('toHead', { head: headNumber })}</Link>} />)}
    </>
  );
}

function standingOf({ number, wantedNumber, headNumber }: RevisionDetail): 'isWanted' | 'isOlder' | 'isHead' | 'isBetween' {
  if (number === wantedNumber) return 'isWanted';
  if (number < wantedNumber) return 'isOlder';
  return number === headNumber ? 'isHead' : 'isBetween';
}

function Term({ name, children }: { name: string; children: React.ReactNode }) {
  return <div className="flex gap-2"><dt className="text-muted">{name}</dt><dd className="min-w-0 break-words whitespace-pre-wrap">{children}</dd></div>;
}

function Proposal({ clusterId, revision }: { clusterId: string; revision: RevisionDetail }) {
  const t = useTranslations('revision');
  const faultText = useFaultText();
  const { conflict } = revision;
  return (
    <>
      {conflict !== null && <Notice tone="warn" what={t('conflict')} why={faultText({ code: 'claimed', params: { ...conflict } })} />}
      <DecideBar clusterId={clusterId} revision={revision} />
    </>
  );
}
