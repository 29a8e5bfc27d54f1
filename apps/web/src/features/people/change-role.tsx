'use client';
// Another role for a person; it ends their sessions.
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, Field, Select } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { RoleName } from '../../server/people/fields.ts';
import { useTRPC } from '../../trpc/client.ts';
import { roles } from '../session/person.tsx';
import { Failure } from '../states/failure.tsx';
import type { ListedPerson } from './people-table.tsx';
import { usePeopleChange } from './use-people-change.ts';

export function ChangeRole({ person, onClose }: { person: ListedPerson; onClose: () => void }) {
  const t = useTranslations('people');
  const roleName = useTranslations('roles');
  const [role, setRole] = useState(person.role);
  const after = usePeopleChange(onClose);
  const change = useMutation(useTRPC().people.setRole.mutationOptions(after(t('roleChanged', { name: person.name }))));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('taskFor.role', { name: person.name })}
      description={t('endsSessions')}
      closeLabel={t('close')}
      footer={<Button variant="primary" busy={change.isPending} disabled={role === person.role} onClick={() => change.mutate({ id: person.id, role })}>{t('setRole')}</Button>}
    >
      {change.error !== null && <Failure what={t('roleFailed')} error={change.error} className="mb-3" />}
      <Field label={t('role')}>
        <Select
          value={role}
          onChange={(event) => setRole(RoleName.parse(event.target.value))}
          options={roles.map((value) => ({ value, label: roleName(`names.${value}`) }))}
        />
      </Field>
    </Dialog>
  );
}
