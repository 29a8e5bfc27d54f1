'use client';
// The drawing of one cluster on one page: what is chosen and focused in it, and where its parts are.
import type { ClusterDefinition } from '@weir/model';
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import { search } from '../graph/search.ts';
import { kindOf, serviceIdOf, serviceNode, type NodeKey } from '../graph/node-key.ts';
import { useArrangement, type Arrangement } from './use-arrangement.ts';
import { useCamera, type Camera } from './use-camera.ts';
import { useSight, type Sight } from './use-sight.ts';

export interface Drawing extends Arrangement {
  readonly element: RefObject<HTMLElement | null>;
  /** What shows its keys. */
  readonly help: RefObject<HTMLButtonElement | null>;
  readonly camera: Camera;
  readonly sight: Sight;
  readonly selected: ReadonlySet<NodeKey>;
  readonly focused: NodeKey | null;
  readonly select: (keys: Iterable<NodeKey>) => void;
  /** Looks at it, and puts the keyboard there. */
  readonly focus: (key: NodeKey | null) => void;
  /** The keyboard is there already. */
  readonly attend: (key: NodeKey) => void;
  /** Chooses an object and brings it into sight, out of a fold where it is in one; the keyboard stays where it is. */
  readonly show: (key: NodeKey) => void;
  /** Another one each time that what is focused is to be looked at. */
  readonly look: Look | null;
  readonly find: (text: string, nameOf: (directorId: string) => string) => NodeKey[];
}

export interface Look {
  /** Whether the keyboard goes there. */
  readonly keyboard: boolean;
}

const none: ReadonlySet<NodeKey> = new Set();

export function useDrawing(definition: ClusterDefinition, storageKey: string | null): Drawing {
  const element = useRef<HTMLElement>(null);
  const help = useRef<HTMLButtonElement>(null);
  const arrangement = useArrangement(definition, storageKey);
  const { layout, fold } = arrangement;
  const camera = useCamera(element, layout);
  const sight = useSight(element);
  const [selected, setSelected] = useState(none);
  const [focused, setFocused] = useState<NodeKey | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const present = useCallback((key: NodeKey) => layout.byKey.has(key) || layout.lanes.some(({ lane }) => lane.key === key), [layout]);
  const select = useCallback((keys: Iterable<NodeKey>) => setSelected(new Set(keys)), []);
  const focus = useCallback((key: NodeKey | null) => {
    setFocused(key);
    if (key !== null) setLook({ keyboard: true });
  }, []);
  const show = useCallback((key: NodeKey) => {
    const serviceId = serviceIdOf(key);
    const folded = serviceId !== null && layout.byKey.get(serviceNode(serviceId))?.block.folded === true;
    if (folded && kindOf(key) === 'realServer') fold(serviceId, false);
    select([key]);
    setFocused(key);
    setLook({ keyboard: false });
  }, [fold, layout, select]);
  const find = useCallback((text: string, nameOf: (directorId: string) => string) => search(definition, text, nameOf), [definition]);
  return useMemo(() => {
    const there = [...selected].filter(present);
    return {
      ...arrangement, element, help, camera, sight, select, focus, attend: setFocused, show, find, look,
      selected: there.length === selected.size ? selected : new Set(there),
      focused: focused !== null && present(focused) ? focused : null,
    };
  }, [arrangement, camera, find, focus, focused, look, present, select, selected, show, sight]);
}

