'use client';
// Takes an alert on, with a note for the others.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dialog, Field, TextInput, useToast } from '@weir/ui';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { AcknowledgeInput, type Alert } from '../../alerts/alert.ts';
import { operates } from '../../server/auth/operates.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSchemaResolver } from '../form/use-schema-resolver.ts';
import { usePerson } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import { useAlertText } from './use-alert-text.ts';

const Note = AcknowledgeInput.pick({ note: true });

/** What belongs to no cluster alone is for those who operate all. */
export function useMayAcknowledge(): (alert: Alert) => boolean {
  const person = usePerson();
  return ({ state, acknowledged, object }) => state === 'firing' && acknowledged === null && operates(person, object.clusterId);
}

export function Acknowledge({ alert, onClose }: { alert: Alert; onClose: () => void }) {
  const t = useTranslations('alertPage');
  return (
    <Dialog open onOpenChange={onClose} closeLabel={t('close')} title={t('acknowledgeTitle')} description={useAlertText()(alert)}>
      <NoteForm alert={alert} onDone={onClose} />
    </Dialog>
  );
}

function NoteForm({ alert, onDone }: { alert: Alert; onDone: () => void }) {
  const t = useTranslations('alertPage');
  const { error, isPending, mutate } = useAcknowledge(onDone);
  const { register, handleSubmit, formState: { errors } } = useForm({ resolver: useSchemaResolver(Note), defaultValues: { note: '' }, mode: 'onTouched' });
  const submit = handleSubmit(({ note }) => mutate(alert, note));
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {error !== null && <Failure what={t('notAcknowledged')} error={error} />}
      <Field label={t('note')} hint={t('noteHint')} error={errors.note?.message}><TextInput {...register('note')} autoComplete="off" className="max-md:h-10" /></Field>
      <p className="text-sm text-muted">{t('acknowledgeEffect')}</p>
      <div className="flex justify-end"><Button type="submit" variant="primary" busy={isPending} className="max-md:h-10">{t('acknowledge')}</Button></div>
    </form>
  );
}

function useAcknowledge(onDone: () => void) {
  const t = useTranslations('alertPage');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const after = {
    // Also where it was refused: somebody else may have been first.
    onSettled: () => queryClient.invalidateQueries(trpc.alerts.pathFilter()),
    onSuccess: () => {
      toast({ text: t('acknowledged') });
      onDone();
    },
  };
  const ofCluster = useMutation(trpc.alerts.acknowledge.mutationOptions(after));
  const general = useMutation(trpc.alerts.acknowledgeGeneral.mutationOptions(after));
  return {
    error: ofCluster.error ?? general.error, isPending: ofCluster.isPending || general.isPending,
    mutate: ({ id: alertId, object: { clusterId } }: Alert, note: string) => (clusterId === null ? general.mutate({ alertId, note }) : ofCluster.mutate({ clusterId, alertId, note })),
  };
}
