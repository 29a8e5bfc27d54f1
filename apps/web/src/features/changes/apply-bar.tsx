'use client';
// The order: what happens on the first failure, and Apply.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Field, Select } from '@weir/ui';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ChangePlan } from '../../server/changes/change-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { applicable } from './applicable.ts';
import { ConfirmChoice, withinOf } from './confirm/confirm-choice.tsx';
import type { ConfirmChoiceValue } from './confirm/confirm-choice.tsx';
import { TypedName } from './size/typed-name.tsx';
import { VipMoves, waits } from './vip-moves.tsx';

export interface ApplyBarProps {
  plan: ChangePlan;
  /** Of the cluster. */
  name: string;
  onAgain: () => void;
  asking: boolean;
}

type OnFailure = 'rollBack' | 'goOn';

export function ApplyBar({ plan, name, onAgain, asking }: ApplyBarProps) {
  const t = useTranslations('changes');
  const router = useRouter();
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  const [onFailure, setOnFailure] = useState<OnFailure>('rollBack');
  const [off, setOff] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const apply = useMutation(trpc.changes.applyRevision.mutationOptions({
    onSuccess: ({ applyId }) => {
      void queryClient.invalidateQueries(trpc.clusters.pathFilter());
      void queryClient.invalidateQueries(trpc.changes.open.queryFilter({ clusterId: plan.clusterId }));
      router.push(`/changes/${applyId}`);
    },
  }));
  const { directors, operations, left, aboveLimit, mayGoBack, stays } = applicable(plan);
  const [confirm, setConfirm] = useState<ConfirmChoiceValue>({ withinMs: undefined, firstAlone: false });
  const withinMs = withinOf(confirm, { aboveLimit, mayGoBack });
  const nameless = aboveLimit && typed.trim() !== name;
  const order = () => apply.mutate({ clusterId: plan.clusterId, revision: plan.revision, directors, onFailure, off: [...off], ...(aboveLimit && { name: typed }), firstAlone: confirm.firstAlone && directors.length > 1, ...(withinMs !== null && { confirmWithinMs: withinMs }) });
  return (
    <div className="flex flex-col gap-2">
      <VipMoves moves={plan.moves} off={off} onOff={setOff} />
      {apply.error !== null && <Failure what={t('applyFailed')} error={apply.error} />}
      {operations > 0 && !mayGoBack && <p className="text-muted">{t('onlyRestores', { revision: plan.revision })}</p>}
      {mayGoBack && withinMs !== null && stays.length > 0 && <p className="text-muted">{t('staysRestored', { names: stays.join(', '), revision: plan.revision })}</p>}
      {left.length > 0 && <p className="text-muted">{t('leftOut', { names: left.join(', ') })}</p>}
      <div className="flex flex-wrap items-end gap-3">
        <NeedsRole needs="operator" clusterId={plan.clusterId} what={t('apply', { count: operations })}>
          <Field label={t('onFailure')}>
            <Select
              value={onFailure}
              onChange={(event) => setOnFailure(event.target.value === 'goOn' ? 'goOn' : 'rollBack')}
              options={[{ value: 'rollBack', label: t('rollBack') }, { value: 'goOn', label: t('goOn') }]}
            />
          </Field>
          <ConfirmChoice value={confirm} withinMs={withinMs} mayGoBack={mayGoBack} onChange={setConfirm} directors={directors.length} />
          {aboveLimit && <TypedName name={name} typed={typed} onTyped={setTyped} />}
          <Button variant="primary" onClick={order} busy={apply.isPending} disabled={directors.length === 0 || nameless || waits(plan.moves, off)}>
            {directors.length > 0 ? t('apply', { count: operations }) : t(plan.directors.some((director) => director.plan !== null) ? 'cannotApply' : 'nobodyPlanned')}
          </Button>
        </NeedsRole>
        <Button onClick={onAgain} busy={asking}>{t('askAgain')}</Button>
      </div>
    </div>
  );
}
