// The shape of a lint rule: one row of the table.
import type { ClusterDefinition } from '../definition/definition.ts';
import type { Finding } from './finding.ts';

export type Path = Finding['path'];
export type Params = Finding['params'];

/** Where a rule found something, and the values its sentence names. */
export interface Hit {
  readonly path: Path;
  readonly params: Params;
}

export type Mend = (definition: ClusterDefinition, hit: Hit) => ClusterDefinition | null;

/** `code` names the sentence that says what happens to which packet, and its mend, in each language. */
export interface Rule {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly find: (definition: ClusterDefinition) => readonly Hit[];
  /** The mend of the sentence, where nobody has to choose; null where this time somebody has to. */
  readonly mend?: Mend;
}
