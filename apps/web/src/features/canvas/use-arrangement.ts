'use client';
// How this person has the cluster drawn: what is folded, where things are, and the way back from tidying.
import type { ClusterDefinition } from '@weir/model';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { foldedByCount, lanesOf, type Lane } from './graph/lanes.ts';
import type { NodeKey } from './graph/node-key.ts';
import { moved, tidied, withFold } from './layout/arrange.ts';
import { readPlaces, writePlaces } from './layout/kept-places.ts';
import { layOut, type Layout } from './layout/lay-out.ts';
import { placeKey, type Place, type Places } from './layout/place.ts';

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

interface Drawn { readonly lanes: readonly Lane[]; readonly layout: Layout; readonly open: ReadonlySet<string> }

/** A step between two arrangements, and the draft that it was made with: it comes back when that draft does. */
interface Tidying { readonly definition: ClusterDefinition; readonly before: Places; readonly after: Places }

const keepAfterMs = 500;

/** `storageKey` null: a cluster that is not there yet has nothing that it could be kept under. */
export function useArrangement(definition: ClusterDefinition, storageKey: string | null): Arrangement {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [arranged, setArranged] = useState(() => ({ places: storageKey === null ? new Map<string, Place>() : readPlaces(localStorage, storageKey), byHand: false }));
  const [tidyings, setTidyings] = useState<{ done: readonly Tidying[]; undone: readonly Tidying[] }>({ done: [], undone: [] });
  const before = useRef<Drawn & { arranged: typeof arranged } | null>(null);
  const drawn = useMemo(() => {
    const last = before.current;
    const next = draw(definition, folds, last !== null && last.arranged === arranged ? last.layout.places : arranged.places, last?.open ?? new Set());
    // What was placed once stays: what comes later goes around it. Drawing the same again gives the same.
    before.current = { ...next, arranged };
    return next;
  }, [arranged, definition, folds]);
  const { lanes, layout } = drawn;
  const arrange = useCallback((places: Places) => setArranged({ places: new Map(places), byHand: true }), []);
  useKeeping(storageKey, arranged.byHand, layout);
  const lastDone = tidyings.done.at(-1);
  const lastUndone = tidyings.undone.at(-1);
  return useMemo(() => ({
    lanes, layout, untidies: lastDone?.definition === definition, retidies: lastUndone?.definition === definition,
    move: (to) => arrange(moved(layout, to)),
    fold: (serviceId, folded) => {
      const next = new Map(folds).set(serviceId, folded);
      setFolds(next);
      arrange(withFold(draw(definition, next, layout.places, new Set()).lanes, layout, serviceId));
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
  }), [arrange, definition, folds, lanes, lastDone, lastUndone, layout]);
}

const tidyingsMax = 20;

/** A service that is open stays so when it grows. */
function draw(definition: ClusterDefinition, folds: ReadonlyMap<string, boolean>, places: Places, open: ReadonlySet<string>): Drawn {
  const lanes = lanesOf(definition, (service) => folds.get(service.id) ?? (!open.has(service.id) && foldedByCount(service)));
  return {
    lanes, layout: layOut(lanes, places),
    open: new Set(lanes.flatMap(({ blocks }) => blocks.flatMap(({ folded, serviceId }) => (folded ? [] : [serviceId])))),
  };
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
