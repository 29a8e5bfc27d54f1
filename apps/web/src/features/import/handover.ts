// Hands a definition to the form of a new cluster. It is kept in this page only: the form makes it a draft, and drafts stay.
import type { ClusterDefinition } from '@weir/model';
import { nanoid } from 'nanoid';

const left = new Map<string, ClusterDefinition>();

/** Gives the address of the form that begins with it. */
export function leaveForNewCluster(definition: ClusterDefinition): string {
  const key = nanoid();
  left.set(key, definition);
  return `/clusters/new?from=${key}`;
}

/** Null where nothing was left, as after the page was loaded again. */
export function broughtAlong(key: string | null): ClusterDefinition | null {
  return key === null ? null : left.get(key) ?? null;
}

export function forgetBrought(key: string | null): void {
  if (key !== null) left.delete(key);
}
