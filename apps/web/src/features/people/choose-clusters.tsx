'use client';
// Which clusters an operator may change: all of them, or those that are chosen.
import { useQuery } from '@tanstack/react-query';
import { Checkbox } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';

export interface ChooseClustersProps {
  /** Null: all. */
  readonly value: readonly string[] | null;
  readonly onChange: (clusterIds: string[] | null) => void;
}

export function ChooseClusters({ value, onChange }: ChooseClustersProps) {
  const t = useTranslations('people');
  const clusters = useQuery(useTRPC().clusters.list.queryOptions());
  const choose = (id: string, chosen: boolean) => onChange([...(value ?? []).filter((other) => other !== id), ...(chosen ? [id] : [])]);
  return (
    <>
      <Checkbox label={t('allClusters')} hint={t('allClustersHint')} checked={value === null} onChange={(event) => onChange(event.target.checked ? null : [])} />
      {value !== null && (
        <Loaded query={clusters} failed={t('clustersLoadFailed')} rows={4}>
          {(known) => (
            <fieldset className="mt-3 flex max-h-64 flex-col gap-1.5 overflow-y-auto">
              <legend className="mb-1 text-sm text-muted">{t('onlyClusters')}</legend>
              {known.map(({ id, name }) => <Checkbox key={id} label={name} checked={value.includes(id)} onChange={(event) => choose(id, event.target.checked)} />)}
              {value.length === 0 && <p className="text-warn">{t('noClusters')}</p>}
            </fieldset>
          )}
        </Loaded>
      )}
    </>
  );
}
