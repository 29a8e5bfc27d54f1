// The place of the first thing that is wrong in what was typed.
import type { FieldErrors } from 'react-hook-form';
import type { ClusterForm } from './definition/form-values.ts';

/** Null where nothing is. */
export function firstError(errors: FieldErrors<ClusterForm>): string | null {
  return within(errors, []);
}

function within(errors: unknown, path: readonly string[]): string | null {
  if (typeof errors !== 'object' || errors === null) return null;
  if ('message' in errors && typeof errors.message === 'string') return path.join('.');
  for (const [name, inner] of Object.entries(errors)) {
    const found = name === 'ref' ? null : within(inner, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}
