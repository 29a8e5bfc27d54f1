// Leads a person to a place of the definition. On the form its field is there; other views bring its object into sight first.
import { createContext, useContext } from 'react';
import { focusField } from './focus-field.ts';

export type Lead = (path: string) => void;

/** Each view says how it leads, while it is shown. */
export class Reveal {
  #lead: Lead = focusField;

  readonly to: Lead = (path) => this.#lead(path);

  /** Gives how to stop. */
  by(lead: Lead): () => void {
    this.#lead = lead;
    return () => {
      this.#lead = focusField;
    };
  }
}

export const RevealContext = createContext(new Reveal());

export function useReveal(): Lead {
  return useContext(RevealContext).to;
}
