'use client';
// What is found in the draft as it stands.
import { same, type ClusterDefinition } from '@weir/model';
import { useMemo } from 'react';
import { findingsOf, type FormFinding, type KnownDirector } from './findings.ts';
import { wellFormed } from './well-formed.ts';

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

export function findingsOfTyped(draft: ClusterDefinition, directors: readonly KnownDirector[]): readonly FormFinding[] {
  const looked = wellFormed(draft);
  if (looked === null) return [];
  const { definition, places } = looked;
  const whole = places.length === draft.services.length;
  return findingsOf(definition, directors)
    // What is said of the cluster would be said without the services that are being typed.
    .filter(({ path }) => whole || path[0] === 'services')
    .map((finding) => (finding.path[0] === 'services' ? { ...finding, path: inDraft(finding.path, places) } : finding));
}

function inDraft(path: FormFinding['path'], places: readonly number[]): FormFinding['path'] {
  const [services = '', index, ...field] = path;
  return [services, places[Number(index)] ?? 0, ...field];
}
