'use client';
// Which directors the imported cluster gets, and the way to its draft.
import { useQuery } from '@tanstack/react-query';
import type { ClusterDefinition } from '@weir/model';
import { Button, Checkbox, Panel } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { adopt } from './adopt.ts';
import { leaveForNewCluster } from './handover.ts';

export function UsePanel({ definition }: { definition: ClusterDefinition }) {
  const t = useTranslations('importing');
  const directors = useQuery(useTRPC().directors.list.queryOptions());
  return (
    <Panel title={t('use')} sub={t('useWhy')}>
      <Loaded query={directors} failed={t('directorsFailed')} rows={2}>
        {(known) => <Choice definition={definition} known={known} />}
      </Loaded>
    </Panel>
  );
}

function Choice({ definition, known }: { definition: ClusterDefinition; known: readonly { readonly id: string; readonly name: string }[] }) {
  const t = useTranslations('importing');
  const router = useRouter();
  const [chosen, setChosen] = useState<readonly string[]>(() => (
    known.length === 1 ? known.map(({ id }) => id) : known.filter(({ id }) => definition.directors.some(({ directorId }) => directorId === id)).map(({ id }) => id)));
  const choose = (id: string, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-sm text-muted">{t('directors')}</legend>
        {known.length === 0 && <p className="text-muted">{t('noDirectors')}</p>}
        {known.map(({ id, name }) => <Checkbox key={id} label={name} checked={chosen.includes(id)} onChange={({ target }) => choose(id, target.checked)} />)}
        {known.length > 1 && <p className="text-sm text-muted">{t('directorsHint')}</p>}
      </fieldset>
      <div><Button variant="primary" onClick={() => router.push(leaveForNewCluster(adopt(definition, chosen)))}>{t('useAsDraft')}</Button></div>
    </div>
  );
}
