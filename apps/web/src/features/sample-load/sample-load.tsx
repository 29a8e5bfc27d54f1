'use client';
// Turns the lab's sample load on and off, and says what it is. Nothing where there is no lab.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { durationText, exactText, Notice, Panel, Switch } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import { useTRPC, type Outputs } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { useNow } from '../time/now.ts';
import { useSince } from '../time/when.tsx';
import { useFaultText } from '../words/use-fault-text.ts';
import { faultOf } from '../../trpc/fault.ts';

const refreshMs = 3_000;

type Load = Extract<Outputs['sampleLoad']['get'], { available: true }>;

export function SampleLoad() {
  const load = useQuery(useTRPC().sampleLoad.get.queryOptions(undefined, { refetchInterval: refreshMs }));
  return load.data?.available === true ? <LoadPanel load={load.data} /> : null;
}

function LoadPanel({ load }: { load: Load }) {
  const t = useTranslations('sampleLoad');
  const faultText = useFaultText();
  const locale = useLocale();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const set = useMutation(trpc.sampleLoad.set.mutationOptions({
    onSettled: () => queryClient.invalidateQueries(trpc.sampleLoad.pathFilter()),
  }));
  return (
    <Panel
      title={t('title')}
      sub={<>{t('what', { target: load.target })} · <End load={load} /></>}
      actions={<NeedsRole needs="operator" what={t('switch')}><Switch label={t('switch')} checked={load.on} onChange={(on) => set.mutate({ on })} disabled={set.isPending} /></NeedsRole>}
    >
      {set.error !== null && <Notice tone="error" what={t('failed')} why={faultText(faultOf(set.error))} />}
      <details>
        <summary className="text-muted">{t('counts')}</summary>
        <dl className="flex flex-wrap gap-x-6">
          {load.servers.filter(({ connections }) => connections !== null).map(({ protocol, address, connections }) => (
            <div key={`${protocol} ${address}`} className="flex gap-2 font-mono">
              <dt className="text-muted">{`${protocol} ${address}`}</dt>
              <dd>{exactText(connections, locale)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Panel>
  );
}

/** It stops by itself: how long it may go on, what is left of that, or since when it is over. */
function End({ load: { on, endsAt, stopsAfterMs } }: { load: Load }) {
  const t = useTranslations('sampleLoad');
  const locale = useLocale();
  const since = useSince();
  const now = useNow();
  if (endsAt !== null && !on) return <>{t('stopped', { since: since(endsAt.getTime()) })} · {t('stopsAfter', { span: durationText(stopsAfterMs, locale) })}</>;
  if (endsAt === null || now === null) return t('stopsAfter', { span: durationText(stopsAfterMs, locale) });
  const leftMs = Math.max(endsAt.getTime() - now, 0);
  return <span className="tabular-nums">{t('stopsIn', { span: durationText(Math.ceil(leftMs / 1_000) * 1_000, locale) })}</span>;
}
