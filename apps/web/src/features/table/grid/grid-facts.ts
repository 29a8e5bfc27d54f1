// What every cell of the table knows.
import { createContext } from 'react';

export interface GridFacts {
  readonly nameOf: (directorId: string) => string;
  /** The directors of the cluster. */
  readonly members: readonly string[];
  /** Saving was tried: what is missing is an error by now. */
  readonly asked: boolean;
}

export const GridFacts = createContext<GridFacts>({ nameOf: (id) => id, members: [], asked: false });
