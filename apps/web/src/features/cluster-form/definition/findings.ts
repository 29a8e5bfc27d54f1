// What is wrong or unwise in a definition, and what its directors' drivers cannot do.
import { healthUnsupported, lint, mend, same, unsupported, type ClusterDefinition, type Finding, type RealServer } from '@weir/model';
import type { DirectorView } from '../../../server/gateway/director-view.ts';

export type KnownDirector = Pick<DirectorView, 'id' | 'name' | 'hello'>;

export interface FormFinding extends Finding {
  /** The director that cannot do it: such a finding does not refuse saving, only applying there. */
  readonly director: string | null;
  /** What it is about, where its sentence does not say so. */
  readonly of: string | null;
  /** Whether the mend of its sentence can be made without a person's choice. */
  readonly mendable: boolean;
}

export function findingsOf(definition: ClusterDefinition, directors: readonly KnownDirector[]): FormFinding[] {
  const directorOf = (id: string) => directors.find((director) => director.id === id)?.name ?? id;
  const named = lint(definition).map((finding): FormFinding => (
    { ...finding, director: null, of: null, mendable: mend(definition, finding) !== null, params: { ...finding.params, ...namesIn(finding.params, directorOf) } }));
  const members = definition.directors.flatMap(({ directorId }) => directors.find(({ id }) => id === directorId) ?? []);
  const onlyProxied = proxiesAll(definition, directors);
  const lacking = members.flatMap(({ name, hello }) => (hello === null ? [] : unsupported(definition, hello.capabilities)
    .map((finding): FormFinding => ({
      ...finding, severity: 'warning', director: name, of: nameOf(definition, finding.path), mendable: onlyProxied && finding.params['feature'] === 'method',
      path: [...finding.path, fieldOf(finding)],
    }))));
  const unasked = members.flatMap(({ name, hello }) => (hello === null || hello.health === null ? [] : healthUnsupported(definition, hello.health)
    .map((finding): FormFinding => ({ ...finding, severity: 'warning', director: name, of: null, mendable: false }))));
  return [...named, ...lacking, ...unasked];
}

/** None of its directors can do otherwise: there is nothing to choose. */
function proxiesAll(definition: ClusterDefinition, directors: readonly KnownDirector[]): boolean {
  return definition.directors.every(({ directorId }) => {
    const methods = directors.find(({ id }) => id === directorId)?.hello?.capabilities.methods ?? [];
    return methods.length === 1 && methods[0] === 'proxied';
  });
}

/** The definition without this finding; null where only a person knows the mend, and where the finding is gone. */
export function mendFound(definition: ClusterDefinition, finding: FormFinding, directors: readonly KnownDirector[]): ClusterDefinition | null {
  if (finding.director === null) return mend(definition, finding);
  const still = findingsOf(definition, directors).some(({ director, mendable, path }) => mendable && director === finding.director && same(path, finding.path));
  return still ? withRealServer(definition, finding.path, (realServer) => ({ ...realServer, method: { kind: 'proxied' } })) : null;
}

function withRealServer(definition: ClusterDefinition, [, s, , r]: Finding['path'], change: (realServer: RealServer) => RealServer): ClusterDefinition {
  return { ...definition, services: definition.services.map((service, at) => (
    at === s ? { ...service, realServers: service.realServers.map((realServer, index) => (index === r ? change(realServer) : realServer)) } : service)) };
}

/** A service, or a real server in it, as people call it. */
function nameOf({ services }: ClusterDefinition, [, s, , r]: Finding['path']): string | null {
  const service = services[Number(s)];
  if (service === undefined) return null;
  const realServer = r === undefined ? undefined : service.realServers[Number(r)];
  return realServer === undefined ? service.name : `${service.name} · ${realServer.name}`;
}

/** Where a rule speaks of directors it gives their ids; people know their names. */
function namesIn({ director, otherDirector }: Finding['params'], directorOf: (id: string) => string): Finding['params'] {
  if (typeof director !== 'string') return {};
  return { director: directorOf(director), ...(typeof otherDirector === 'string' && { otherDirector: directorOf(otherDirector) }) };
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
