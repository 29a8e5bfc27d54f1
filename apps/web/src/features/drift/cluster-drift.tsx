'use client';
// Where directors forward a cluster otherwise than they should. Nothing is shown where, as far as is known, none does.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorDrift } from '../../server/drift/drift-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { DecideDrift } from './decide-drift.tsx';
import { DriftRows } from './drift-rows.tsx';
import { DriftSub } from './drift-sub.tsx';
import { WholeDrift } from './whole-drift.tsx';

const refreshMs = 3_000;

export function ClusterDrift({ cluster }: { cluster: { readonly id: string; readonly name: string } }) {
  const drift = useQuery(useTRPC().drift.ofCluster.queryOptions({ clusterId: cluster.id }, { refetchInterval: refreshMs }));
  return drift.data?.map((director) => <OnDirector key={director.directorId} cluster={cluster} director={director} />);
}

function OnDirector({ cluster: { id, name }, director }: { cluster: { readonly id: string; readonly name: string }; director: DirectorDrift }) {
  const t = useTranslations('drift');
  const { heard, answers } = director;
  if (heard === null || (heard.rows.length === 0 && !heard.atLeast)) return null;
  return (
    <Panel
      title={t('on', { director: director.name })} padded={false}
      sub={<DriftSub heard={heard} answers={answers} />}
      actions={answers && <DecideDrift clusterId={id} cluster={name} director={director} />}
    >
      <WholeDrift drift={director} clusterId={id} left={heard.atLeast ? null : 0}>
        {({ rows }) => <DriftRows directorId={director.directorId} rows={rows} anyClusterId={id} />}
      </WholeDrift>
    </Panel>
  );
}
