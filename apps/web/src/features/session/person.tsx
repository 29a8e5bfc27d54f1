'use client';
// Who is signed in, and what the role may. The panel's procedures enforce it; pages only say it beforehand.
import { createContext, useContext, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { operates, type Operates } from '../../server/auth/operates.ts';

export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Person extends Operates {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const PersonContext = createContext<Person | null>(null);

export function PersonProvider({ person, children }: { person: Person; children: ReactNode }) {
  return <PersonContext value={person}>{children}</PersonContext>;
}

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (person === null) throw new Error('usePerson: outside of PersonProvider');
  return person;
}

export function useMay(needed: Role): boolean {
  return roles.indexOf(usePerson().role) >= roles.indexOf(needed);
}

export interface NeedsRoleProps {
  needs: Exclude<Role, 'viewer'>;
  /** The cluster it is done to; without one, an operator must be one for all clusters. */
  clusterId?: string | undefined;
  children: ReactNode;
  /** What they would do, in the words of its button: named where that is not there. */
  what?: string | undefined;
  /** Says nothing to those who may not, where the reason stands elsewhere. */
  silent?: boolean | undefined;
}

/** Whether what is done to this cluster is for them. */
export function useOperates(clusterId: string): boolean {
  return operates(usePerson(), clusterId);
}

/** Its content for those who may; the reason for the others. */
export function NeedsRole({ needs, clusterId, children, what, silent = false }: NeedsRoleProps) {
  const t = useTranslations('roles');
  const person = usePerson();
  const reaches = useMay(needs);
  if (reaches && (needs !== 'operator' || operates(person, clusterId ?? null))) return children;
  const why = !reaches ? needs : person.clusterIds?.length === 0 ? 'noCluster' : clusterId === undefined ? 'allClusters' : 'thisCluster';
  if (silent) return null;
  return <span className="text-sm text-muted">{what === undefined ? t(`needs.${why}`) : t('what', { what, why: t(`needs.${why}`) })}</span>;
}
