'use client';
// What is found in the draft as it stands.
import { same, type ClusterDefinition } from '@weir/model';
import { useMemo } from 'react';
import { findingsOf, type FormFinding, type KnownDirector } from './findings.ts';
import { ClusterForm } from './form-values.ts';

export interface Checked {
  readonly findings: readonly FormFinding[];
  /** Nothing differs from the revision that it began with. */
  readonly unchanged: boolean;
}

/** What has not the right shape yet says so at its fields; the rules look at what has. */
export function useFindings(draft: ClusterDefinition, initial: ClusterDefinition, directors: readonly KnownDirector[]): Checked {
  const findings = useMemo(() => findingsOfTyped(draft, directors), [draft, directors]);
  const unchanged = useMemo(() => same(draft, initial), [draft, initial]);
  return { findings, unchanged };
}

// Stands for a name that is not written yet, so that the rest can be looked at.
const nameless = '…';

function findingsOfTyped(definition: ClusterDefinition, directors: readonly KnownDirector[]): readonly FormFinding[] {
  const parsed = ClusterForm.shape.definition.safeParse(named({
    ...definition, services: definition.services.map((service) => named({ ...service, realServers: service.realServers.map(named) })),
  }));
  return parsed.success ? findingsOf(parsed.data, directors) : [];
}

function named<T extends { readonly name: string }>(object: T): T {
  return object.name.trim() === '' ? { ...object, name: nameless } : object;
}
