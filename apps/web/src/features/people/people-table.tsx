'use client';
// People as rows, and what can be done about each.
import { Badge, Button, DataTable, type Column } from '@weir/ui';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { Outputs } from '../../trpc/client.ts';
import { When } from '../time/when.tsx';
import { ChangePassword } from './change-password.tsx';
import { ChangeRole } from './change-role.tsx';
import { LimitClusters } from './limit-clusters.tsx';
import { RemovePerson } from './remove-person.tsx';

export type ListedPerson = Outputs['people']['list'][number];

type Task = { readonly kind: 'role' | 'clusters' | 'password' | 'remove'; readonly person: ListedPerson };

export function PeopleTable({ people }: { people: readonly ListedPerson[] }) {
  const t = useTranslations('people');
  const locale = useLocale();
  const [task, setTask] = useState<Task | null>(null);
  const columns = useMemo((): Column<ListedPerson>[] => [
    { id: 'name', header: t('name'), sortBy: ({ name }) => name, cell: (person) => <Named person={person} /> },
    { id: 'email', header: t('email'), wideOnly: true, sortBy: ({ email }) => email, cell: ({ email }) => email },
    { id: 'role', header: t('role'), wideOnly: true, sortBy: (person) => person.role, cell: (person) => <Role person={person} /> },
    { id: 'createdAt', header: t('createdAt'), wideOnly: true, sortBy: ({ createdAt }) => createdAt.getTime(), cell: ({ createdAt }) => <When at={createdAt} /> },
    {
      id: 'tasks', header: t('tasks'), hideHeader: true,
      cell: (person) => (
        <span className="flex justify-end gap-1 max-md:flex-col max-md:items-end max-md:py-1">
          {tasksFor(person).map((kind) => (
            <Button key={kind} variant="quiet" className="h-7 max-md:h-9" aria-label={t(`taskFor.${kind}`, { name: person.name })} onClick={() => setTask({ kind, person })}>
              {t(`task.${kind}`)}
            </Button>
          ))}
        </span>
      ),
    },
  ], [t]);
  return (
    <>
      <DataTable
        caption={t('all')} columns={columns} rows={people} rowId={({ id }) => id} locale={locale}
        initialSort={{ id: 'name', descending: false }}
      />
      {task !== null && <TaskDialog key={task.person.id} task={task} onClose={() => setTask(null)} />}
    </>
  );
}

/** On a narrow screen all of a person stands here. */
function Named({ person }: { person: ListedPerson }) {
  const t = useTranslations('people');
  const { name, email, disabledAt, createdAt } = person;
  return (
    <div className="max-md:py-1.5 max-md:whitespace-normal max-md:wrap-anywhere">
      {name} {disabledAt !== null && <Badge>{t('disabled')}</Badge>}
      <div className="flex flex-col text-sm md:hidden"><span>{email}</span><span><Role person={person} /></span><span className="text-muted"><When at={createdAt} /></span></div>
    </div>
  );
}

function Role({ person }: { person: ListedPerson }) {
  const t = useTranslations('people');
  const role = useTranslations('roles');
  const limit = limitOf(person);
  return <>{role(`names.${person.role}`)}{limit !== null && <span className="text-muted"> · {t('ofClusters', { count: limit })}</span>}</>;
}

function tasksFor({ role }: ListedPerson): readonly Task['kind'][] {
  return role === 'operator' ? ['role', 'clusters', 'password', 'remove'] : ['role', 'password', 'remove'];
}

/** To how many clusters; null for no limit. */
function limitOf({ role, clusterIds }: ListedPerson): number | null {
  return role === 'operator' && clusterIds !== null ? clusterIds.length : null;
}

function TaskDialog({ task: { kind, person }, onClose }: { task: Task; onClose: () => void }) {
  switch (kind) {
    case 'role': return <ChangeRole person={person} onClose={onClose} />;
    case 'clusters': return <LimitClusters person={person} onClose={onClose} />;
    case 'password': return <ChangePassword person={person} onClose={onClose} />;
    case 'remove': return <RemovePerson person={person} onClose={onClose} />;
  }
}
