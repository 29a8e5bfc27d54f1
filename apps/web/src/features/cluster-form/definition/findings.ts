// What is wrong or unwise in a definition, and what its directors' drivers cannot do.
import { healthUnsupported, lint, mend, unsupported, type ClusterDefinition, type Finding } from '@weir/model';
import type { DirectorView } from '../../../server/gateway/director-view.ts';

export type KnownDirector = Pick<DirectorView, 'id' | 'name' | 'hello'>;

export interface FormFinding extends Finding {
  /** The director that cannot do it: such a finding does not refuse saving, only applying there. */
  readonly director: string | null;
  /** Whether the mend of its sentence can be made without a person's choice. */
  readonly mendable: boolean;
}

export function findingsOf(definition: ClusterDefinition, directors: readonly KnownDirector[]): FormFinding[] {
  const nameOf = (id: string) => directors.find((director) => director.id === id)?.name ?? id;
  const named = lint(definition).map((finding): FormFinding => (
    { ...finding, director: null, mendable: mend(definition, finding) !== null, params: { ...finding.params, ...namesIn(finding.params, nameOf) } }));
  const members = definition.directors.flatMap(({ directorId }) => directors.find(({ id }) => id === directorId) ?? []);
  const lacking = members.flatMap(({ name, hello }) => (hello === null ? [] : unsupported(definition, hello.capabilities)
    .map((finding): FormFinding => ({ ...finding, severity: 'warning', director: name, mendable: false, path: [...finding.path, fieldOf(finding)] }))));
  const unasked = members.flatMap(({ name, hello }) => (hello === null || hello.health === null ? [] : healthUnsupported(definition, hello.health)
    .map((finding): FormFinding => ({ ...finding, severity: 'warning', director: name, mendable: false }))));
  return [...named, ...lacking, ...unasked];
}

/** Where a rule speaks of directors it gives their ids; people know their names. */
function namesIn({ director, otherDirector }: Finding['params'], nameOf: (id: string) => string): Finding['params'] {
  if (typeof director !== 'string') return {};
  return { director: nameOf(director), ...(typeof otherDirector === 'string' && { otherDirector: nameOf(otherDirector) }) };
}

const fields: Readonly<Record<string, string>> = {
  scheduler: 'scheduler.name', method: 'method.kind', tunnel: 'method.tunnel.type', protocol: 'match.protocol', mark: 'match.kind',
  persistenceEngine: 'persistence.engine',
};

/** The field to mend: `unsupported` names the object. */
function fieldOf({ params, path }: Finding): string {
  const feature = String(params['feature']);
  if (feature === 'family') return path.includes('realServers') ? 'rip' : 'match';
  return fields[feature] ?? feature;
}

/** The form's name of a finding's place. */
export function fieldPath({ path }: Pick<Finding, 'path'>): string {
  return ['definition', ...path].join('.');
}
