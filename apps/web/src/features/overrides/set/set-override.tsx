'use client';
// Sets a weight by hand, quiesces, or takes a real server into maintenance.
import { useMutation } from '@tanstack/react-query';
import { endpointKey, Reason, Weight, type RealServer, type VirtualService } from '@weir/model';
import { Button, Dialog, Field, NumberInput, Select, TextInput, useToast } from '@weir/ui';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import { useTRPC, type Inputs } from '../../../trpc/client.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { Answers } from './answers.tsx';
import { endChoices, endsAtMs } from './end-time.ts';
import { LastTakerNotice } from './last-taker-notice.tsx';
import type { Target } from './last-taker.ts';
import { isAcknowledged, useEndOverrides, useRefreshOverrides } from '../use-overrides.ts';

const kinds = ['weight', 'quiesce', 'maintenance'] as const;
const scopes = ['realServer', 'host', 'service'] as const;

const OrderForm = z.object({ kind: z.enum(kinds), weight: Weight, scope: z.enum(scopes), ends: z.enum(endChoices), at: z.string(), reason: Reason });
type OrderForm = z.infer<typeof OrderForm>;
type Form = UseFormReturn<OrderForm, unknown, OrderForm>;

export interface Overridden {
  readonly clusterId: string;
  readonly service: VirtualService;
  readonly realServer: RealServer;
}

export function SetOverride({ of, onClose }: { of: Overridden; onClose: () => void }) {
  const t = useTranslations('overrides');
  const { service, realServer } = of;
  return (
    <Dialog
      open onOpenChange={onClose} closeLabel={t('close')}
      title={t('title', { realServer: realServer.name })}
      description={t('description', { address: endpointKey({ rip: realServer.rip, port: realServer.port }), service: service.name, weight: realServer.weight })}
    >
      <OrderFields of={of} onDone={onClose} />
    </Dialog>
  );
}

function useOrder({ clusterId, service, realServer }: Overridden, onDone: () => void) {
  const t = useTranslations('overrides');
  const toast = useToast();
  const refresh = useRefreshOverrides();
  const { end } = useEndOverrides(clusterId);
  return useMutation(useTRPC().overrides.set.mutationOptions({
    onSettled: refresh,
    onSuccess: ({ directors, overrideIds }, { effect, target }) => {
      if (!directors.every(isAcknowledged)) return;
      const what = { realServer: target.kind === 'service' ? service.name : realServer.name };
      const text = effect.kind === 'weight' ? t('weightSet', { ...what, weight: effect.weight }) : t(`done.${effect.kind}`, what);
      toast({ text, action: { label: t('endIt'), onAction: () => end(overrideIds) } });
      onDone();
    },
  }));
}

function OrderFields({ of, onDone }: { of: Overridden; onDone: () => void }) {
  const t = useTranslations('overrides');
  const order = useOrder(of, onDone);
  const defaultValues: OrderForm = { kind: 'weight', weight: of.realServer.weight, scope: 'realServer', ends: 'never', at: '', reason: '' };
  const form: Form = useForm({ resolver: useSchemaResolver(OrderForm), defaultValues, mode: 'onTouched' });
  const required = useTranslations('validation');
  const submit = form.handleSubmit((values) => {
    const input = inputOf(of, values, Date.now());
    if (values.kind === 'maintenance' && values.reason === '') return form.setError('reason', { message: required('required') }, { shouldFocus: true });
    if (input === null) return form.setError('at', { message: t('endPast') }, { shouldFocus: true });
    return order.mutate(input);
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {order.error !== null && <Failure what={t('setFailed')} error={order.error} />}
      {order.data !== undefined && !order.data.directors.every(isAcknowledged) && <Answers answers={order.data.directors} />}
      <EffectFields form={form} of={of} />
      <LastTaker form={form} of={of} />
      <EndFields form={form} />
      <Field label={t('reason')} error={form.formState.errors.reason?.message} required={form.watch('kind') === 'maintenance'}>
        <TextInput {...form.register('reason')} autoComplete="off" />
      </Field>
      <div className="flex items-center justify-end gap-3">
        <span className="text-sm text-muted">{t('noRevision')}</span>
        <Button type="submit" variant="primary" busy={order.isPending}>{t(`submit.${form.watch('kind')}`)}</Button>
      </div>
    </form>
  );
}

function EffectFields({ form, of: { service, realServer } }: { form: Form; of: Overridden }) {
  const t = useTranslations('overrides');
  const { register, watch, resetField, formState: { errors } } = form;
  // What was typed into a field that is gone must not hold back the rest.
  const onKind = (): void => resetField('weight');
  const scopeLabels = { realServer: t('scopes.realServer', { service: service.name }), host: t('scopes.host', { rip: realServer.rip }), service: t('scopes.service', { service: service.name }) };
  return (
    <>
      <div className="grid grid-cols-[1fr_8rem] gap-3">
        <Field label={t('kind')}>
          <Select {...register('kind', { onChange: onKind })} options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
        </Field>
        {watch('kind') === 'weight' && (
          <Field label={t('weight')} error={errors.weight?.message} required>
            <NumberInput {...register('weight', { setValueAs: wholeNumber })} min={0} />
          </Field>
        )}
      </div>
      <Field label={t('scope')}>
        <Select {...register('scope')} options={scopes.map((value) => ({ value, label: scopeLabels[value] }))} />
      </Field>
    </>
  );
}

function LastTaker({ form, of: { clusterId, service, realServer } }: { form: Form; of: Overridden }) {
  const { kind, weight, scope } = form.watch();
  if (kind === 'weight' && weight !== 0) return null;
  return <LastTakerNotice clusterId={clusterId} serviceId={service.id} target={targetOf({ service, realServer }, scope)} />;
}

function EndFields({ form: { register, watch, formState: { errors } } }: { form: Form }) {
  const t = useTranslations('overrides');
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t('ends')}>
        <Select {...register('ends')} options={endChoices.map((value) => ({ value, label: t(`endChoices.${value}`) }))} />
      </Field>
      {watch('ends') === 'at' && (
        <Field label={t('at')} error={errors.at?.message} required><TextInput {...register('at')} type="datetime-local" mono /></Field>
      )}
    </div>
  );
}

// NaN is refused by the schema as "a whole number", while what was typed stays readable.
function wholeNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
}

function targetOf({ service, realServer }: Pick<Overridden, 'service' | 'realServer'>, scope: OrderForm['scope']): Target {
  if (scope === 'host') return { kind: scope, rip: realServer.rip };
  return scope === 'service' ? { kind: scope, serviceId: service.id } : { kind: scope, serviceId: service.id, realServerId: realServer.id };
}

/** Null where the end is not a moment after now. */
function inputOf({ clusterId, service, realServer }: Overridden, { kind, weight, scope, ends, at, reason }: OrderForm, nowMs: number): Inputs['overrides']['set'] | null {
  const endMs = endsAtMs(ends, at, nowMs);
  if (endMs === undefined) return null;
  return {
    clusterId, reason, endsAtMs: endMs,
    target: targetOf({ service, realServer }, scope),
    effect: kind === 'weight' ? { kind, weight } : { kind },
  };
}
