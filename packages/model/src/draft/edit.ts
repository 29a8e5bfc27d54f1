// An edit of a draft: what it became, what the step is called, and which objects it made or changed.
import type { ClusterDefinition } from '../definition/definition.ts';

/** One object of a draft. A real server's id is its own only within its service. */
export type ObjectRef =
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'realServer'; readonly serviceId: string; readonly realServerId: string }
  | { readonly kind: 'director'; readonly directorId: string }
  | { readonly kind: 'vip'; readonly address: string };

export type RealServerRef = Extract<ObjectRef, { kind: 'realServer' }>;

export const editCodes = [
  'addService', 'addRealServer', 'addDirector', 'moveRealServer', 'moveRealServers', 'duplicateService', 'duplicateRealServer', 'duplicateObjects',
  'paste', 'removeService', 'removeRealServer', 'removeDirector', 'removeVip', 'removeObjects',
  'setWeight', 'changeRealServer', 'changeService', 'changeHealth', 'changeDirector', 'addVip', 'holdVip', 'holdVipByNobody', 'renameCluster', 'changeObjects',
] as const;
export type EditCode = (typeof editCodes)[number];

/** What a step is called: `edits.<code>` with these values. `director` is an id, `field` a field of the object. */
export interface EditName {
  readonly code: EditCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * The draft is typed as a definition and may hold what none can: half an address, a number that is none. An edit looks at ids and carries the
 * rest along; what it did not touch is the very same object as before.
 */
export interface Edit {
  readonly after: ClusterDefinition;
  readonly name: EditName;
  /** Where something was typed: edits of the same place in a row are one step. Null: a step of its own. */
  readonly field: string | null;
  /** To be selected after it. */
  readonly touched: readonly ObjectRef[];
}

/** A fresh id at each call. */
export type NewId = () => string;
