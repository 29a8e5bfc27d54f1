'use client';
// An apply, while it runs and ever after: what each director did, operation by operation, and what was read back.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { ApplyView } from '../../../server/changes/change-view.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { LinkButton } from '../../states/link-button.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { Page, PageHead } from '../../states/page-head.tsx';
import { When } from '../../time/when.tsx';
import { TryIt } from '../../clusters/try-it.tsx';
import { AppliedDirector } from './applied-director.tsx';
import { ConfirmBar } from '../confirm/confirm-bar.tsx';
import { ConfirmEnd } from '../confirm/confirm-end.tsx';

const runningEveryMs = 500;
// The panel asks an agent that was lost again when it is back.
const unsettledEveryMs = 2_000;

function everyMs(apply: ApplyView | undefined): number | false {
  if (apply === undefined) return false;
  if (apply.finishedAt === null) return runningEveryMs;
  return apply.directors.some(({ askedAgain, confirmation }) => askedAgain || confirmation === 'waiting') ? unsettledEveryMs : false;
}

export function Applied({ applyId }: { applyId: string }) {
  const t = useTranslations('applied');
  const trpc = useTRPC();
  const apply = useQuery(trpc.changes.get.queryOptions({ applyId }, { refetchInterval: ({ state }) => everyMs(state.data) }));
  const clusterId = apply.data?.clusterId;
  return (
    <Page>
      <PageHead
        title={t('title')}
        sub={apply.data && <Sub apply={apply.data} />}
        actions={clusterId !== undefined && (
          <>
            <LinkButton href={`/clusters/${clusterId}`}>{t('toCluster')}</LinkButton>
            <LinkButton href={`/clusters/${clusterId}/live`}>{t('toLive')}</LinkButton>
          </>
        )}
      />
      <Loaded query={apply} failed={t('loadFailed')} rows={6}>
        {(data) => (
          <>
            <ConfirmBar clusterId={data.clusterId} applyId={applyId} />
            <ConfirmEnd apply={data} />
            {data.directors.map((director) => (
              <AppliedDirector key={director.directorId ?? director.name} director={director} clusterId={data.clusterId} />
            ))}
            {data.directors.some(({ report, wentBack }) => report?.outcome.kind === 'applied' && wentBack === null) && <TryIt clusterId={data.clusterId} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Sub({ apply }: { apply: ApplyView }) {
  const t = useTranslations('applied');
  return (
    <>
      {t('sub', { revision: apply.revision, author: apply.author })} · <When at={apply.startedAt} />
      {' · '}{t(apply.onFailure === 'goOn' ? 'goesOn' : 'rollsBack')}
    </>
  );
}
