// Whose clusters are whose: the one rule, for the procedures that enforce it and the pages that say it beforehand. Pure: runs in a browser too.

export interface Operates {
  readonly role: 'viewer' | 'operator' | 'admin';
  /** The clusters that a limited operator may change; null for everybody else. */
  readonly clusterIds: readonly string[] | null;
}

/** `null` stands for what is done to more than one known cluster, such as making a new one: nothing for a limited operator. */
export function operates({ role, clusterIds }: Operates, clusterId: string | null): boolean {
  if (role !== 'operator') return role === 'admin';
  return clusterIds === null || (clusterId !== null && clusterIds.includes(clusterId));
}
