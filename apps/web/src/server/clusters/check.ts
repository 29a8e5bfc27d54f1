// What a definition must satisfy before it can become a revision, apart from what others have claimed.
import { hasErrors, lint } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import type { Tx } from '../db/database.ts';
import { PanelError } from '../errors.ts';

// More than the largest known installation (37,205); schemas bound the parts, this bounds the whole.
const realServersMax = 100_000;

export function checkDefinition(definition: ClusterDefinition): void {
  const realServers = realServerCount(definition);
  if (realServers > realServersMax) throw new PanelError('tooLarge');
  const findings = lint(definition);
  if (!hasErrors(findings)) return;
  const errors = findings.filter(({ severity }) => severity === 'error');
  throw new PanelError('lintErrors', { count: errors.length, first: errors[0]?.code ?? '', path: errors[0]?.path.join('.') ?? '' });
}

export async function checkDirectors(tx: Tx, { directors }: ClusterDefinition): Promise<void> {
  const wanted = directors.map(({ directorId }) => directorId);
  const known = new Set((await tx.director.findMany({ where: { id: { in: wanted } }, select: { id: true } })).map(({ id }) => id));
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) throw new PanelError('noSuchDirector', { director: missing });
}

export function realServerCount({ services }: ClusterDefinition): number {
  return services.reduce((sum, { realServers }) => sum + realServers.length, 0);
}
