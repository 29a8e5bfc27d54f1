'use client';
// Counters of one service or of everything begin anew: asked first, since what was counted is lost.
import { useMutation } from '@tanstack/react-query';
import { Button, ConfirmDialog, Field, Select, useToast } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { operates } from '../../server/auth/operates.ts';
import type { DirectorPage } from '../../server/directors/director-page.ts';
import { useTRPC } from '../../trpc/client.ts';
import { NeedsRole, usePerson } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly service: { readonly clusterId: string; readonly serviceId: string } | null;
}

/** What this person may zero: services of clusters that they operate; everything, who operates all. */
function useChoices({ director, clusters }: DirectorPage): Choice[] {
  const t = useTranslations('director');
  const person = usePerson();
  const services = clusters.filter(({ clusterId }) => operates(person, clusterId)).flatMap(({ clusterId, name, services: own }) => own.map((service): Choice => (
    { value: `${clusterId} ${service.id}`, label: `${name ?? clusterId}: ${service.name} (${service.key})`, service: { clusterId, serviceId: service.id } })));
  return operates(person, null) ? [{ value: '', label: t('everything', { name: director.name }), service: null }, ...services] : services;
}

export function ZeroCounters({ page }: { page: DirectorPage }) {
  const t = useTranslations('director');
  const [open, setOpen] = useState(false);
  const choices = useChoices(page);
  if (choices.length === 0) return <NeedsRole needs="operator" what={t('zeroSubmit')}><span /></NeedsRole>;
  return (
    <>
      <Button className="h-7" onClick={() => setOpen(true)}>{t('zero')}</Button>
      {open && <ZeroDialog directorId={page.director.id} choices={choices} onClose={() => setOpen(false)} />}
    </>
  );
}

function ZeroDialog({ directorId, choices, onClose }: { directorId: string; choices: readonly Choice[]; onClose: () => void }) {
  const t = useTranslations('director');
  const trpc = useTRPC();
  const toast = useToast();
  const [value, setValue] = useState(choices[0]?.value ?? '');
  const chosen = choices.find((choice) => choice.value === value);
  const what = chosen?.label ?? '';
  const done = {
    onSuccess: () => {
      toast({ text: t('zeroDone', { what }) });
      onClose();
    },
  };
  const everything = useMutation(trpc.directors.zero.mutationOptions(done));
  const one = useMutation(trpc.directors.zeroService.mutationOptions(done));
  const error = everything.error ?? one.error;
  const zero = () => {
    if (chosen === undefined) return;
    if (chosen.service === null) everything.mutate({ directorId });
    else one.mutate({ directorId, ...chosen.service });
  };
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={t('zeroTitle', { what })} effect={t('zeroEffect')}
      confirmLabel={t('zeroSubmit')} cancelLabel={t('cancel')} onConfirm={zero} busy={everything.isPending || one.isPending} danger
    >
      <Field label={t('zeroWhat')}>
        <Select options={choices} value={value} onChange={(event) => setValue(event.target.value)} />
      </Field>
      {error !== null && <Failure what={t('zeroFailed', { what })} error={error} />}
    </ConfirmDialog>
  );
}
