// What a new object of a draft begins with: what is most likely meant, and the rest to be filled in.
import { addRealServer, addService, type ClusterDefinition, type Edit, type NewId } from '@weir/model';
import { nanoid } from 'nanoid';
import type { KnownDirector } from '../definition/findings.ts';
import { idLength, methodOf, newRealServer, newService } from '../definition/form-values.ts';

export const newId: NewId = () => nanoid(idLength);

/** Without real servers: they are added to it. */
export function withNewService(definition: ClusterDefinition): Edit {
  return addService(definition, { ...newService(), realServers: [] }, newId);
}

/** Like the last one of the service; the first one is reached as the cluster's directors can. Null where the service is no more. */
export function withNewRealServer(definition: ClusterDefinition, serviceId: string, directors: readonly KnownDirector[]): Edit | null {
  const last = definition.services.find(({ id }) => id === serviceId)?.realServers.at(-1);
  const { id: _, ...fields } = newRealServer(last);
  const [method] = definition.directors.flatMap(({ directorId }) => directors.find(({ id }) => id === directorId)?.hello?.capabilities.methods ?? []);
  return addRealServer(definition, serviceId, last === undefined && method !== undefined ? { ...fields, method: methodOf(method) } : fields, newId);
}
