// What holds for a real server holds for the sorry server too: rules about the one look at the other.
import type { ClusterDefinition, VirtualService } from '../definition/definition.ts';
import type { Hit, Rule } from './rule.ts';

const known = new WeakMap<VirtualService, VirtualService>();

/** The service with the sorry server as its only real server. */
function asRealServer(service: VirtualService): VirtualService {
  const before = known.get(service);
  if (before !== undefined) return before;
  const sorry = service.health?.sorry ?? null;
  const { health: _, ...rest } = service;
  const made = { ...rest, realServers: sorry === null ? [] : [{ ...sorry, weight: 1, thresholds: { upper: 0, lower: 0 } }] };
  known.set(service, made);
  return made;
}

function ofSorry({ path: [services = '', index = 0, list, , ...field], params }: Hit): Hit[] {
  return list === 'realServers' ? [{ path: [services, index, 'health', 'sorry', ...field], params }] : [];
}

export function withSorry({ mend, find, ...rule }: Rule): Rule {
  return {
    ...rule,
    find: (definition: ClusterDefinition) => {
      const hits = find(definition);
      if (!definition.services.some(({ health }) => (health?.sorry ?? null) !== null)) return hits;
      return [...hits, ...find({ ...definition, services: definition.services.map(asRealServer) }).flatMap(ofSorry)];
    },
    ...(mend !== undefined && { mend: (definition, hit) => (hit.path[2] === 'health' ? null : mend(definition, hit)) }),
  };
}
