'use client';
// What every part of the form knows: the directors there are, what was found, and how a field is told about it.
import { createContext, useContext } from 'react';
import { get, useFormContext, type FieldPath } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useFindingText } from '../../words/use-fault-text.ts';
import { fieldPath, type FormFinding, type KnownDirector } from '../definition/findings.ts';
import type { ClusterForm } from '../definition/form-values.ts';

export interface ClusterFormContext {
  readonly directors: readonly KnownDirector[];
  readonly findings: readonly FormFinding[];
}

export const FormFacts = createContext<ClusterFormContext>({ directors: [], findings: [] });

export type ClusterPath = FieldPath<ClusterForm>;

export interface FieldState {
  /** What is wrong with what was typed. */
  readonly error: string | undefined;
  /** Nothing stands there yet, and nobody was there or asked for saving: no reproach, only a word. */
  readonly missing: string | undefined;
  /** Marks a field that a finding is about; the sentence stands below its row. */
  readonly mark: { readonly 'aria-invalid'?: true; readonly 'aria-describedby'?: string };
}

export function messagesId(row: string): string {
  return `${row}-findings`;
}

/** `row` is the object that the field belongs to; `also` are other places whose findings the field stands for. */
export function useFieldState(path: ClusterPath, row: string, also: readonly ClusterPath[] = []): FieldState {
  const t = useTranslations('validation');
  const { formState: { errors, touchedFields, submitCount }, getValues } = useFormContext<ClusterForm>();
  const { findings } = useContext(FormFacts);
  const places = [path, ...also];
  const typed = places.map((place) => messageIn(get(errors, place))).find((message) => message !== undefined);
  const here = findings.filter((finding) => places.some((place) => place === fieldPath(finding)));
  const refusing = here.some(({ severity }) => severity === 'error');
  const value: unknown = typed === undefined ? undefined : getValues(path);
  const quiet = isEmpty(value) && submitCount === 0 && get(touchedFields, path) === undefined;
  return {
    error: quiet ? undefined : value === '' ? t('required') : typed, missing: quiet ? t('missing') : undefined,
    mark: here.length === 0 ? {} : { 'aria-describedby': messagesId(row), ...(refusing && { 'aria-invalid': true }) },
  };
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** Of a field that holds a list: of its first item that is wrong. */
function messageIn(error: unknown): string | undefined {
  if (Array.isArray(error)) return error.map(messageIn).find((message) => message !== undefined);
  const message: unknown = get(error, 'message');
  return typeof message === 'string' ? message : undefined;
}

/** Whether something was found in one of these places. */
export function useFoundIn(...places: readonly ClusterPath[]): boolean {
  const { findings } = useContext(FormFacts);
  return findings.some((finding) => places.some((place) => `${fieldPath(finding)}.`.startsWith(`${place}.`)));
}

/** A finding in words, with the director and the object that it is about in front. */
export function useSentence(): (finding: FormFinding) => string {
  const text = useFindingText();
  return (finding) => [...(finding.director === null ? [] : [[finding.director, ...(finding.of === null ? [] : [finding.of])].join(' · ')]), text(finding)].join(': ');
}
