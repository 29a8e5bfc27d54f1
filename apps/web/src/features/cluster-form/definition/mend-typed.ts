// Mends what was found in a draft, also while it is not whole: a cluster that was imported has no name yet. Pure.
import { same, type ClusterDefinition, type RealServer, type VirtualService } from '@weir/model';
import { mendFound, type FormFinding, type KnownDirector } from './findings.ts';
import { wellFormed } from './well-formed.ts';

/** Null where the finding is gone, or what it is about has not the right shape any more. */
export function mendTyped(draft: ClusterDefinition, finding: FormFinding, directors: readonly KnownDirector[]): ClusterDefinition | null {
  const looked = wellFormed(draft);
  if (looked === null) return null;
  const { definition, places } = looked;
  const mended = mendFound(definition, { ...finding, path: inLooked(finding.path, places) }, directors);
  // Places are those of before only while no service comes or goes.
  if (mended === null || mended.services.length !== definition.services.length) return null;
  const services = draft.services.map((service, place) => {
    const at = places.indexOf(place);
    const after = mended.services[at];
    return after === undefined || same(after, definition.services[at]) ? service : asTyped(after, service);
  });
  return { ...mended, name: draft.name, services };
}

function inLooked(path: FormFinding['path'], places: readonly number[]): FormFinding['path'] {
  const [first = '', place, ...field] = path;
  return first === 'services' ? [first, places.indexOf(Number(place)), ...field] : path;
}

/** With the names that stand there, or are still missing. */
function asTyped(mended: VirtualService, typed: VirtualService): VirtualService {
  const nameOf = ({ id, name }: RealServer): string => typed.realServers.find((one) => one.id === id)?.name ?? name;
  return { ...mended, name: typed.name, realServers: mended.realServers.map((realServer) => ({ ...realServer, name: nameOf(realServer) })) };
}
