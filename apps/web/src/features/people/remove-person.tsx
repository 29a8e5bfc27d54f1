'use client';
// Removes a person for good; what they did stays in the audit log.
import { useMutation } from '@tanstack/react-query';
import { ConfirmDialog } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Failure } from '../states/failure.tsx';
import type { ListedPerson } from './people-table.tsx';
import { usePeopleChange } from './use-people-change.ts';

export function RemovePerson({ person, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people');
  const after = usePeopleChange(onClose);
  const remove = useMutation(useTRPC().people.remove.mutationOptions(after(t('removed', { name: person.name }))));
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('taskFor.remove', { name: person.name })}
      effect={t('removeEffect')}
      confirmLabel={t('taskFor.remove', { name: person.name })}
      cancelLabel={t('cancel')}
      onConfirm={() => remove.mutate({ id: person.id })}
      busy={remove.isPending}
      danger
    >
      {remove.error !== null && <Failure what={t('removeFailed')} error={remove.error} />}
    </ConfirmDialog>
  );
}
