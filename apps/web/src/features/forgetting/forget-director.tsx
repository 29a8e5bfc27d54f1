'use client';
// Forgets a director that does not answer: what stays on its host, what undoes it there, and the name typed once more.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Dialog, Notice } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { DirectorRemains } from '../../server/forgetting/remains-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import type { KnownDirector } from '../directors/enrol/known-director.ts';
import { Loaded } from '../states/loaded.tsx';
import { ForgetForm } from './forget-form.tsx';
import { Remains } from './remains.tsx';
import { Undo } from './undo.tsx';
import { useForgotten } from './use-forgotten.ts';

export function ForgetDirector({ director, onClose }: { director: KnownDirector; onClose: () => void }) {
  const t = useTranslations('forgetting');
  const trpc = useTRPC();
  const { id: directorId, name } = director;
  const remains = useQuery(trpc.directors.remains.queryOptions({ directorId }, { gcTime: 0 }));
  const forget = useMutation(trpc.directors.forget.mutationOptions(useForgotten(name, onClose)));
  return (
    <Dialog open onOpenChange={onClose} title={t('title', { name })} description={t('director', { name })} closeLabel={t('close')}>
      <Loaded query={remains} failed={t('loadFailed')}>
        {(data) => (
          <div className="flex flex-col gap-4">
            <Remains remains={data} />
            <Undo remains={data} alsoThere={[]} />
            {data.namedBy.length > 0
              ? <Wanted namedBy={data.namedBy} />
              : <ForgetForm name={name} busy={forget.isPending} error={forget.error} onForget={(typed) => forget.mutate({ directorId, name: typed })} />}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function Wanted({ namedBy }: Pick<DirectorRemains, 'namedBy'>) {
  const t = useTranslations('forgetting');
  return (
    <Notice
      tone="warn"
      what={t('wanted', { count: namedBy.length })}
      why={(
        <span className="flex flex-wrap gap-3">
          {namedBy.map(({ clusterId, cluster }) => <Link key={clusterId} className="underline" href={`/clusters/${clusterId}/edit`}>{cluster}</Link>)}
        </span>
      )}
    />
  );
}
