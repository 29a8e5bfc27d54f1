'use client';
// What is done on the drawing as edits of the draft: each by its name, and what it made or moved is chosen after it.
import { addDirector, connectHost, duplicate, moveRealServers, removeObjects, type Edit, type ObjectRef, type RealServerRef } from '@weir/model';
import { useMemo } from 'react';
import type { KnownDirector } from '../../cluster-form/definition/findings.ts';
import { newId, withNewRealServer, withNewService } from '../../cluster-form/draft/new-objects.ts';
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
      addService: () => added(make(withNewService)),
      addRealServer: (serviceId) => added(make((definition) => withNewRealServer(definition, serviceId, directors))),
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
