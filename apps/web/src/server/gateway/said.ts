// What directors that are asked side by side say, each by itself, or why one says nothing.
import { PanelError } from '../errors.ts';
import type { ErrorCode, ErrorParams } from '../errors.ts';

interface Who {
  readonly directorId: string;
  readonly name: string;
}

/** `heardAtMs` is the panel's time. */
export type Said<T> = Who & T & { readonly heardAtMs: number; readonly error: null };

export interface Unsaid extends Who {
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams };
}

/** Throws only what is no refusal of the panel or the director. */
export async function saidBy<T extends object>({ directorId, name }: Who, ask: () => Promise<T>): Promise<Said<T> | Unsaid> {
  try {
    return { directorId, name, ...await ask(), heardAtMs: Date.now(), error: null };
  } catch (error) {
    if (error instanceof PanelError) return { directorId, name, error: { code: error.code, params: error.params } };
    throw error;
  }
}
