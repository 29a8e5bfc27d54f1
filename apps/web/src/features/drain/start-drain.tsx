'use client';
// Orders a drain: of one real server of a service or of its host, with a deadline and what then. What will happen is said before.
import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { AtDeadline, Reason } from '@weir/model';
import { Button, Dialog, Field, Notice, Select, Skeleton, TextInput, useToast } from '@weir/ui';
import { useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import type { DrainAnswer } from '../../server/drains/drain-view.ts';
import { useTRPC, type Inputs, type Outputs } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { endChoices, endsAtMs } from '../overrides/set/end-time.ts';
import { LastTakerNotice } from '../overrides/set/last-taker-notice.tsx';
import { Failure } from '../states/failure.tsx';
import { useFaultText } from '../words/use-fault-text.ts';
import { EffectsText } from './effects-text.tsx';
import { LeftWithNoneNotice, waitsForWord } from './left-with-none.tsx';
import { useRefreshDrains } from './use-drains.ts';

const scopes = ['realServer', 'host'] as const;

const OrderForm = z.object({ scope: z.enum(scopes), ends: z.enum(endChoices), at: z.string(), atDeadline: AtDeadline, reason: Reason });
type OrderForm = z.infer<typeof OrderForm>;
type Form = UseFormReturn<OrderForm, unknown, OrderForm>;

export interface Drainable {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly realServerId: string;
  readonly service: string;
  readonly realServer: string;
  readonly rip: string;
}

const previewMs = 3_000;

export function StartDrain({ of, onClose }: { of: Drainable; onClose: () => void }) {
  const t = useTranslations('drain');
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={t('title', { realServer: of.realServer })} description={t('description')}>
      <OrderFields of={of} onDone={onClose} />
    </Dialog>
  );
}

type Target = Inputs['drains']['begin']['target'];

function targetOf({ serviceId, realServerId, rip }: Drainable, scope: OrderForm['scope']): Target {
  return scope === 'host' ? { kind: scope, rip } : { kind: scope, serviceId, realServerId };
}

function OrderFields({ of, onDone }: { of: Drainable; onDone: () => void }) {
  const t = useTranslations('drain');
  const toast = useToast();
  const refresh = useRefreshDrains();
  const order = useMutation(useTRPC().drains.begin.mutationOptions({
    onSettled: refresh,
    onSuccess: ({ directors }) => {
      if (directors.some(({ error }) => error !== null)) return;
      toast({ text: t('begun', { realServer: of.realServer }) });
      onDone();
    },
  }));
  const form: Form = useForm({ resolver: useSchemaResolver(OrderForm), defaultValues: { scope: 'realServer', ends: 'never', at: '', atDeadline: 'wait', reason: '' }, mode: 'onTouched' });
  const { scope, ends, atDeadline } = form.watch();
  const target = targetOf(of, scope);
  const preview = useQuery(useTRPC().drains.preview.queryOptions({ clusterId: of.clusterId, target }, { refetchInterval: previewMs }));
  const directors = preview.data?.directors ?? [];
  const [known, setKnown] = useState<readonly string[]>([]);
  const submit = form.handleSubmit((values) => {
    const deadlineMs = endsAtMs(values.ends, values.at, Date.now());
    if (deadlineMs === undefined) return form.setError('at', { message: t('deadlinePast') }, { shouldFocus: true });
    return order.mutate({ clusterId: of.clusterId, target: targetOf(of, values.scope), reason: values.reason, deadlineMs, atDeadline: values.atDeadline, emptied: [...known] });
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {order.error !== null && <Failure what={t('notBegun')} error={order.error} />}
      {order.data !== undefined && <Unheard answers={order.data.directors} />}
      <ScopeField form={form} of={of} />
      <DeadlineFields form={form} />
      <Field label={t('reason')} error={form.formState.errors.reason?.message}><TextInput {...form.register('reason')} autoComplete="off" /></Field>
      {directors.some(({ leftWithNone }) => (leftWithNone ?? []).length > 0)
        ? <LeftWithNoneNotice directors={directors} known={known} onKnown={setKnown} />
        : <LastTakerNotice clusterId={of.clusterId} serviceId={of.serviceId} target={target} />}
      <Beforehand preview={preview} atDeadline={ends === 'never' ? null : atDeadline} />
      <div className="flex items-center justify-end gap-3">
        <span className="text-sm text-muted">{t('goesOn')}</span>
        <Button type="submit" variant="primary" busy={order.isPending} disabled={waitsForWord(directors, known)}>{t('submit')}</Button>
      </div>
    </form>
  );
}

function ScopeField({ form, of: { service, rip } }: { form: Form; of: Drainable }) {
  const t = useTranslations('drain');
  const labels = { realServer: t('scopes.realServer', { service }), host: t('scopes.host', { rip }) };
  return <Field label={t('scope')}><Select {...form.register('scope')} options={scopes.map((value) => ({ value, label: labels[value] }))} /></Field>;
}

function DeadlineFields({ form: { register, watch, formState: { errors } } }: { form: Form }) {
  const t = useTranslations('drain');
  const ends = watch('ends');
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t('deadline')}><Select {...register('ends')} options={endChoices.map((value) => ({ value, label: t(`deadlines.${value}`) }))} /></Field>
      {ends === 'at' && <Field label={t('at')} error={errors.at?.message} required><TextInput {...register('at')} type="datetime-local" mono /></Field>}
      {ends !== 'never' && (
        <Field label={t('atDeadline')}><Select {...register('atDeadline')} options={AtDeadline.options.map((value) => ({ value, label: t(`then.${value}`) }))} /></Field>
      )}
    </div>
  );
}

function Beforehand({ preview, atDeadline }: { preview: Pick<UseQueryResult<Outputs['drains']['preview'], unknown>, 'data' | 'error'>; atDeadline: AtDeadline | null }) {
  const t = useTranslations('drain');
  if (preview.data === undefined) return preview.error === null ? <Skeleton label={t('asking')} rows={3} /> : <Failure what={t('previewFailed')} error={preview.error} />;
  const { directors, alsoIn } = preview.data;
  return (
    <section aria-label={t('beforehand')} className="flex flex-col gap-2 text-sm">
      {directors.map((each) => <EffectsText key={each.directorId} preview={each} atDeadline={atDeadline} />)}
      {alsoIn.length > 0 && <Notice tone="warn" what={t('alsoIn', { clusters: alsoIn.join(', ') })} />}
    </section>
  );
}

/** It is begun where it was heard. */
function Unheard({ answers }: { answers: readonly DrainAnswer[] }) {
  const t = useTranslations('drain');
  const faultText = useFaultText();
  const missing = answers.filter(({ error }) => error !== null);
  if (missing.length === 0) return null;
  const begun = missing.length < answers.length;
  return (
    <Notice
      tone="warn" what={t(begun ? 'partly' : 'notBegun')} {...(begun && { todo: t('partlyTodo') })}
      why={<ul>{missing.map(({ directorId, name, error }) => <li key={directorId}>{name}: {error !== null && faultText(error)}</li>)}</ul>}
    />
  );
}
