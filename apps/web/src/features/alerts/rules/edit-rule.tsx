'use client';
// Another rule: when it fires, for which clusters, where it goes and when nothing is sent. What it will do is said before it is saved.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Dialog, Field, NumberInput, useToast } from '@weir/ui';
import { useMemo } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { AlertRule } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { useSchemaResolver } from '../../form/use-schema-resolver.ts';
import { Failure } from '../../states/failure.tsx';
import { Choices } from './choices.tsx';
import { QuietFields } from './quiet-fields.tsx';
import { fieldsOf, ruleForm, type RuleFields } from './rule-fields.ts';
import { useNames } from './use-names.ts';
import { useRuleEffect } from './use-rule-text.ts';

export type RuleFormOf = UseFormReturn<RuleFields, unknown, AlertRule>;

export function EditRule({ rule, onClose }: { rule: AlertRule; onClose: () => void }) {
  const t = useTranslations('alertRules');
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={t(`kinds.${rule.kind}`)} description={t(`watches.${rule.kind}`)}>
      <RuleForm rule={rule} onDone={onClose} />
    </Dialog>
  );
}

function RuleForm({ rule, onDone }: { rule: AlertRule; onDone: () => void }) {
  const t = useTranslations('alertRules');
  const save = useSaveRule(onDone);
  const schema = useMemo(() => ruleForm(rule.kind), [rule.kind]);
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const form: RuleFormOf = useForm({ resolver: useSchemaResolver(schema), defaultValues: fieldsOf(rule, zone), mode: 'onTouched' });
  const { register, formState: { errors } } = form;
  const submit = form.handleSubmit((changed) => save.mutate(changed));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {save.error !== null && <Failure what={t('saveFailed')} error={save.error} />}
      <Checkbox {...register('on')} label={t('isOn')} />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('forSeconds')} hint={t('forSecondsHint')} error={errors.forSeconds?.message} required><NumberInput {...register('forSeconds')} min={0} step={10} /></Field>
        <Field label={t('groupSeconds')} hint={t('groupSecondsHint')} error={errors.groupSeconds?.message} required><NumberInput {...register('groupSeconds')} min={0} step={10} /></Field>
        {rule.kind === 'certificateEnding' && <Field label={t('certificateDays')} error={errors.days?.message} required><NumberInput {...register('days')} min={1} max={365} /></Field>}
      </div>
      <Scope form={form} />
      <Where form={form} />
      <QuietFields form={form} />
      <Effect form={form} schema={schema} />
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={save.isPending}>{t('save')}</Button></div>
    </form>
  );
}

function useSaveRule(onDone: () => void) {
  const t = useTranslations('alertRules');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation(trpc.alerts.setRule.mutationOptions({
    onSuccess: (_, { kind }) => {
      void queryClient.invalidateQueries(trpc.alerts.pathFilter());
      toast({ text: t('saved', { rule: t(`kinds.${kind}`) }) });
      onDone();
    },
  }));
}

function Scope({ form: { register, watch, formState: { errors } } }: { form: RuleFormOf }) {
  const t = useTranslations('alertRules');
  const clusters = useQuery(useTRPC().clusters.list.queryOptions()).data ?? [];
  return (
    <div>
      <Checkbox {...register('everyCluster')} label={t('everyCluster')} />
      {!watch('everyCluster') && <Choices legend={t('onlyClusters')} register={register('clusterIds')} options={clusters} error={errors.clusterIds?.message} none={t('noClusters')} />}
    </div>
  );
}

function Where({ form: { register, formState: { errors } } }: { form: RuleFormOf }) {
  const t = useTranslations('alertRules');
  const channels = useQuery(useTRPC().alerts.channels.queryOptions()).data ?? [];
  return <Choices legend={t('channels')} register={register('channelIds')} options={channels} error={errors.channelIds?.message} none={t('noChannels')} />;
}

function Effect({ form, schema }: { form: RuleFormOf; schema: ReturnType<typeof ruleForm> }) {
  const t = useTranslations('alertRules');
  const effect = useRuleEffect(useNames());
  const rule = schema.safeParse(form.watch()).data;
  return <p className="border-t border-line pt-2 text-sm text-muted" aria-live="polite">{rule === undefined ? t('effectOpen') : effect(rule)}</p>;
}
