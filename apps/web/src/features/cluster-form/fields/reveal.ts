// Leads a person to a place of the definition. On the form its field is there; other views bring its object into sight first.
import { createContext, useContext } from 'react';
import { focusField } from './focus-field.ts';

export const Reveal = createContext<(path: string) => void>(focusField);

export function useReveal(): (path: string) => void {
  return useContext(Reveal);
}
