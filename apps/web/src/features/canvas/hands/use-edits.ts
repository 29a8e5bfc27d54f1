'use client';
// What is done on the drawing as edits of the draft: each by its name, and what it made or moved is chosen after it.
import {
  addDirector, addRealServer, addService, connectHost, duplicate, moveRealServers, removeObjects, type Edit, type NewId, type ObjectRef, type RealServerRef,
} from '@weir/model';
import { nanoid } from 'nanoid';
import { useMemo } from 'react';
import type { KnownDirector } from '../../cluster-form/definition/findings.ts';
import { idLength, methodOf, newRealServer, newService } from '../../cluster-form/definition/form-values.ts';
import type { DraftEdits } from '../../cluster-form/draft/use-draft-edits.ts';
import { nodeOf, refOf, type NodeKey } from '../graph/node-key.ts';
import type { Drawing } from '../sight/use-drawing.ts';

export interface Edits {
  readonly addService: () => void;
  readonly addRealServer: (serviceId: string) => void;
  readonly addDirector: (directorId: string) => void;
  readonly move: (realServers: readonly RealServerRef[], serviceId: string) => void;
  readonly connect: (host: RealServerRef, serviceId: string) => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  /** Any edit; what it touched is chosen after it. */
  readonly make: (make: Parameters<DraftEdits['edit']>[0]) => Edit | null;
}

const newId: NewId = () => nanoid(idLength);

export function refsOf(keys: Iterable<NodeKey>): ObjectRef[] {
  return [...keys].flatMap((key) => refOf(key) ?? []);
}

/** `onAdded`: something new has nothing in it yet, and is to be filled in. */
export function useEdits(draft: DraftEdits, drawing: Drawing, directors: readonly KnownDirector[], onAdded: (key: NodeKey) => void): Edits {
  const { edit } = draft;
  const { select, focus, selected, focused } = drawing;
  return useMemo(() => {
    const make: Edits['make'] = (how) => {
      const made = edit(how);
      const touched = made?.touched.flatMap((ref) => nodeOf(ref) ?? []) ?? [];
      if (touched[0] !== undefined) {
        select(touched);
        focus(touched[0]);
      }
      return made;
    };
    const added = (made: Edit | null) => {
      const [ref] = made?.touched ?? [];
      const key = ref === undefined ? null : nodeOf(ref);
      if (key !== null) onAdded(key);
    };
    const chosen = () => refsOf(selected.size > 0 ? selected : focused === null ? [] : [focused]);
    return {
      make,
      addService: () => added(make((definition) => addService(definition, { ...newService(), realServers: [] }, newId))),
      addRealServer: (serviceId) => added(make((definition) => {
        const { id: _, ...fields } = newRealServer(definition.services.find(({ id }) => id === serviceId)?.realServers.at(-1));
        const [first] = definition.directors.flatMap(({ directorId }) => directors.find(({ id }) => id === directorId)?.hello?.capabilities.methods ?? []);
        const alone = (definition.services.find(({ id }) => id === serviceId)?.realServers.length ?? 0) === 0;
        return addRealServer(definition, serviceId, alone && first !== undefined ? { ...fields, method: methodOf(first) } : fields, newId);
      })),
      addDirector: (directorId) => added(make((definition) => addDirector(definition, directorId))),
      move: (refs, serviceId) => void make((definition) => moveRealServers(definition, refs, serviceId, newId)),
      connect: (host, serviceId) => void make((definition) => connectHost(definition, host, serviceId, newId)),
      duplicate: () => void make((definition) => duplicate(definition, chosen(), newId)),
      remove: () => {
        const refs = chosen();
        if (refs.length > 0) edit((definition) => removeObjects(definition, refs));
        select([]);
      },
    };
  }, [directors, edit, focus, focused, onAdded, select, selected]);
}
