'use client';
// What a step of editing is called, in the reader's words.
import type { EditName } from '@weir/model';
import { useTranslations } from 'use-intl';

/** `nameOf` knows the directors by their ids. */
export function useEditText(nameOf: (directorId: string) => string): (name: EditName) => string {
  const t = useTranslations('edits');
  return ({ code, params }) => {
    const { director } = params;
    return t(code, director === undefined ? params : { ...params, director: nameOf(String(director)) });
  };
}
