// What a definition must satisfy before it can become a revision, apart from what others have claimed.
import { hasErrors, lint } from '@weir/model';
import type { ClusterDefinition } from '@weir/model';
import type { Tx } from '../../db/database.ts';
import { PanelError } from '../../errors.ts';

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

/** A cluster that shall be taken off every director: nothing in it could be wrong. */
export function wantsNothing({ directors, vips, services }: ClusterDefinition): boolean {
  return directors.length === 0 && vips.length === 0 && services.length === 0;
}

/** None of them can be removed or forgotten before this has committed. */
export async function checkDirectors(tx: Tx, directors: readonly { readonly directorId: string }[]): Promise<void> {
  const wanted = directors.map(({ directorId }) => directorId);
  const found = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Director" WHERE "id" = ANY(${wanted}::text[]) ORDER BY "id" FOR KEY SHARE`;
  const known = new Set(found.map(({ id }) => id));
  const missing = wanted.find((id) => !known.has(id));
  if (missing !== undefined) throw new PanelError('noSuchDirector', { director: missing });
}

export function realServerCount({ services }: ClusterDefinition): number {
  return services.reduce((sum, { realServers }) => sum + realServers.length, 0);
}
