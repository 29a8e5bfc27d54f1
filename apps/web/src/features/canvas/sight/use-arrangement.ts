'use client';
// How this person has the cluster drawn: what is folded, where things are, and the way back from tidying.
import { same, type ClusterDefinition } from '@weir/model';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { foldedByCount, lanesOf, type Lane } from '../graph/lanes.ts';
import type { NodeKey } from '../graph/node-key.ts';
import { moved, tidied, withFold } from '../layout/arrange.ts';
import { readPlaces, writePlaces } from '../layout/kept-places.ts';
import { layOut, type Layout } from '../layout/lay-out.ts';
import { placeKey, type Place, type Places } from '../layout/place.ts';

export interface Arrangement {
  readonly lanes: readonly Lane[];
  readonly layout: Layout;
  readonly move: (to: ReadonlyMap<NodeKey, Place>) => void;
  readonly fold: (serviceId: string, folded: boolean) => void;
  readonly tidy: () => void;
  /** Takes tidying back, where nothing was edited since (`untidies`); else false. */
  readonly untidy: () => boolean;
  readonly retidy: () => boolean;
  readonly untidies: boolean;
  readonly retidies: boolean;
}

/** Where things were put, and which services were drawn open. */
interface Arranged { readonly places: Places; readonly byHand: boolean; readonly open: ReadonlySet<string> }

interface Drawn { readonly lanes: readonly Lane[]; readonly layout: Layout; readonly open: ReadonlySet<string> }

/** A step between two arrangements, and the draft that it was made with: it comes back when that draft does. */
interface Tidying { readonly definition: ClusterDefinition; readonly before: Places; readonly after: Places }

const keepAfterMs = 500;

/** `storageKey` null: a cluster that is not there yet has nothing that it could be kept under. */
export function useArrangement(definition: ClusterDefinition, storageKey: string | null): Arrangement {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [arranged, setArranged] = useState((): Arranged => (
    { places: storageKey === null ? new Map() : readPlaces(localStorage, storageKey), byHand: false, open: new Set() }));
  const [tidyings, setTidyings] = useState<{ done: readonly Tidying[]; undone: readonly Tidying[] }>({ done: [], undone: [] });
  const [drawn] = useState(() => new LastDrawn());
  const { lanes, layout, open } = useMemo(() => drawn.draw(definition, folds, arranged), [arranged, definition, drawn, folds]);
  // What was placed once stays: what comes later goes around it.
  if (layout.places !== arranged.places || open !== arranged.open) setArranged({ ...arranged, places: layout.places, open });
  const arrange = useCallback((places: Places) => setArranged((before) => ({ ...before, places: new Map(places), byHand: true })), []);
  useKeeping(storageKey, arranged.byHand, layout);
  const lastDone = tidyings.done.at(-1);
  const lastUndone = tidyings.undone.at(-1);
  return useMemo(() => ({
    lanes, layout, untidies: lastDone?.definition === definition, retidies: lastUndone?.definition === definition,
    move: (to) => arrange(moved(layout, to)),
    fold: (serviceId, folded) => {
      const next = new Map(folds).set(serviceId, folded);
      setFolds(next);
      arrange(withFold(lanesFor(definition, next, open), layout, serviceId));
    },
    tidy: () => {
      const after = tidied(lanes);
      setTidyings(({ done }) => ({ done: [...done, { definition, before: layout.places, after }].slice(-tidyingsMax), undone: [] }));
      arrange(after);
    },
    untidy: () => {
      if (lastDone?.definition !== definition) return false;
      setTidyings(({ done, undone }) => ({ done: done.slice(0, -1), undone: [...undone, lastDone] }));
      arrange(lastDone.before);
      return true;
    },
    retidy: () => {
      if (lastUndone?.definition !== definition) return false;
      setTidyings(({ done, undone }) => ({ done: [...done, lastUndone], undone: undone.slice(0, -1) }));
      arrange(lastUndone.after);
      return true;
    },
  }), [arrange, definition, folds, lanes, lastDone, lastUndone, layout, open]);
}

const tidyingsMax = 20;

/** An edit that moves nothing, such as of a weight, leaves the lanes and where all of them is as they were, as the very same objects. */
class LastDrawn {
  #last: Drawn | null = null;

  draw(definition: ClusterDefinition, folds: ReadonlyMap<string, boolean>, arranged: Pick<Arranged, 'places' | 'open'>): Drawn {
    const last = this.#last;
    const lanes = lanesFor(definition, folds, arranged.open);
    if (last !== null && last.layout.places === arranged.places && same(last.lanes, lanes)) return last;
    this.#last = arrangedAs(lanes, arranged);
    return this.#last;
  }
}

/** A service that is open stays so when it grows. */
function lanesFor(definition: ClusterDefinition, folds: ReadonlyMap<string, boolean>, open: ReadonlySet<string>): readonly Lane[] {
  return lanesOf(definition, (service) => folds.get(service.id) ?? (!open.has(service.id) && foldedByCount(service)));
}

function arrangedAs(lanes: readonly Lane[], { places, open }: Pick<Arranged, 'places' | 'open'>): Drawn {
  const now = lanes.flatMap(({ blocks }) => blocks.flatMap(({ folded, serviceId }) => (folded ? [] : [serviceId])));
  return { lanes, layout: layOut(lanes, places), open: now.length === open.size && now.every((id) => open.has(id)) ? open : new Set(now) };
}

/** Once somebody has moved something, all of it is kept: what was placed around it too. */
function useKeeping(storageKey: string | null, byHand: boolean, layout: Layout): void {
  useEffect(() => {
    if (storageKey === null || !byHand) return undefined;
    const timer = setTimeout(() => {
      const present = new Set(layout.nodes.map(({ lane, key }) => placeKey(lane, key)));
      writePlaces(localStorage, storageKey, layout.places, (name) => present.has(name));
    }, keepAfterMs);
    return () => clearTimeout(timer);
  }, [storageKey, byHand, layout]);
}
