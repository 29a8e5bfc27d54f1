'use client';
// A difference is known and need not be counted until then: who, why, and the end are kept and shown.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, Field, Select, TextInput } from '@weir/ui';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { DriftRow } from '../../server/drift/drift-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import { useOperationText } from '../words/use-operation-text.ts';
import { useRefreshDrift } from './use-refresh-drift.ts';

const hours = ['1', '8', '24', '168', '720'] as const;
const hourMs = 3_600_000;

export interface IgnoreDialogProps {
  clusterId: string;
  directorId: string;
  row: DriftRow;
  onClose: () => void;
}

export function IgnoreDialog({ clusterId, directorId, row, onClose }: IgnoreDialogProps) {
  const t = useTranslations('drift');
  const required = useTranslations('validation');
  const text = useOperationText();
  const refresh = useRefreshDrift();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [span, setSpan] = useState<string>('24');
  const ignore = useMutation(useTRPC().drift.ignore.mutationOptions({ onSettled: refresh, onSuccess: onClose }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() === '') return;
    ignore.mutate({ clusterId, directorId, key: row.key, reason, endsAtMs: Date.now() + Number(span) * hourMs });
  };
  return (
    <Dialog open onOpenChange={onClose} title={t('ignoreTitle')} description={text(row.operation)} closeLabel={t('close')}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-3">
        {ignore.error !== null && <Failure what={t('ignoreFailed')} error={ignore.error} />}
        <p className="text-muted">{t('ignoreEffect')}</p>
        <Field label={t('reason')} error={asked && reason.trim() === '' ? required('required') : undefined} required>
          <TextInput value={reason} onChange={(event) => setReason(event.target.value)} autoComplete="off" maxLength={2_000} />
        </Field>
        <Field label={t('until')}>
          <Select value={span} onChange={(event) => setSpan(event.target.value)} options={hours.map((value) => ({ value, label: t(`spans.${value}`) }))} />
        </Field>
        <div className="flex justify-end"><Button type="submit" variant="primary" busy={ignore.isPending}>{t('ignoreIt')}</Button></div>
      </form>
    </Dialog>
  );
}
