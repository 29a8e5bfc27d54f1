'use client';
// What every part of the form knows: the directors there are, what was found, and how a field is told about it.
import { createContext, useContext } from 'react';
import { get, useFormContext, type FieldPath } from 'react-hook-form';
import { useFindingText } from '../words/use-fault-text.ts';
import { belongsTo, type FormFinding, type KnownDirector } from './findings.ts';
import type { ClusterForm } from './form-values.ts';

export interface ClusterFormContext {
  readonly directors: readonly KnownDirector[];
  readonly findings: readonly FormFinding[];
}

export const FormFacts = createContext<ClusterFormContext>({ directors: [], findings: [] });

export type ClusterPath = FieldPath<ClusterForm>;

export interface FieldMessages {
  readonly error: string | undefined;
  readonly hint: string | undefined;
}

/** What is wrong at a field: first what was typed, then what the rules say; warnings are hints. */
export function useFieldMessages(path: ClusterPath, also: readonly ClusterPath[] = []): FieldMessages {
  const { formState: { errors } } = useFormContext<ClusterForm>();
  const { findings } = useContext(FormFacts);
  const text = useSentence();
  const places = [path, ...also];
  const typed = places.map((place): unknown => get(errors, `${place}.message`)).find((message) => typeof message === 'string');
  const here = findings.filter((finding) => places.some((place) => belongsTo(finding, place)));
  const refusing = here.find(({ severity }) => severity === 'error');
  const warnings = here.filter(({ severity }) => severity === 'warning').map(text);
  return {
    error: typed ?? (refusing && text(refusing)),
    hint: warnings.length === 0 ? undefined : `▲ ${warnings.join(' ')}`,
  };
}

/** A finding in words, with the director that it is about in front. */
export function useSentence(): (finding: FormFinding) => string {
  const text = useFindingText();
  return (finding) => (finding.director === null ? text(finding) : `${finding.director}: ${text(finding)}`);
}
