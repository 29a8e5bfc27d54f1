'use client';
// The draft as a drawing: palette and tools above, the canvas, and the fields of what is chosen beside it.
import type { ClusterDefinition } from '@weir/model';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useContext, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import type { KnownDirector } from '../cluster-form/definition/findings.ts';
import { useDraft } from '../cluster-form/draft/use-draft-edits.ts';
import { focusField } from '../cluster-form/fields/focus-field.ts';
import { FormFacts } from '../cluster-form/fields/form-context.tsx';
import { RevealContext } from '../cluster-form/fields/reveal.ts';
import { usePerson } from '../session/person.tsx';
import { Canvas, type CanvasEditing } from './canvas.tsx';
import { LiveFigures } from './figures/use-figures.tsx';
import { serviceIdOf, type NodeKey } from './graph/node-key.ts';
import { nodeAtPath } from './graph/marks.ts';
import { storageKeyOf } from './layout/kept-places.ts';
import { SidePanel } from './panel/side-panel.tsx';
import { Palette } from './tools/palette.tsx';
import { Toolbar } from './tools/toolbar.tsx';
import { useClipboard } from './hands/use-clipboard.ts';
import { useDrawing, type Drawing } from './sight/use-drawing.ts';
import { refsOf, useEdits, type Edits } from './hands/use-edits.ts';
import { useLinks } from './sight/use-links.ts';
import { useUndo } from './hands/use-undo.ts';

export interface DrawViewProps {
  clusterId: string | null;
  base: ClusterDefinition | null;
  /** In the side panel while nothing is chosen. */
  cluster: ReactNode;
  /** In the side panel, always. */
  saving: ReactNode;
}

export function DrawView(props: DrawViewProps) {
  const drawn = <ReactFlowProvider><Drawn {...props} /></ReactFlowProvider>;
  return props.clusterId === null ? drawn : <LiveFigures clusterId={props.clusterId}>{drawn}</LiveFigures>;
}

function Drawn({ clusterId, base, cluster, saving }: DrawViewProps) {
  const draft = useDraft();
  const { directors, findings } = useContext(FormFacts);
  const { id: personId } = usePerson();
  const drawing = useDrawing(draft.draft, clusterId === null ? null : storageKeyOf(personId, clusterId));
  const nameOf = useCallback((id: string) => directors.find((director) => director.id === id)?.name ?? id, [directors]);
  const panelRef = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const open = useOpening(panelRef);
  const fillIn = useCallback((key: NodeKey) => open(key, null), [open]);
  const edits = useEdits(draft, drawing, directors, fillIn);
  const undo = useUndo(draft, drawing, nameOf);
  useClipboard(draft.draft, drawing, edits);
  const { selected, focused, select, focus, show } = drawing;
  const members = draft.draft.directors;
  const free = useMemo(() => directors.filter(({ id }) => !members.some(({ directorId }) => directorId === id)), [directors, members]);
  const editing = useEditing(drawing, edits, free);
  const edit = (key: NodeKey) => {
    select([key]);
    open(key, null);
  };
  const reveal = (path: string) => {
    const key = nodeAtPath(draft.draft, path.split('.').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
    if (key !== null) show(key);
    else select([]);
    open(key, path);
  };
  const revealing = useContext(RevealContext);
  useEffect(() => revealing.by(reveal));
  const target = [...selected, ...(focused === null ? [] : [focused])].map(serviceIdOf).find((id) => id !== null) ?? null;
  return (
      <div className="flex h-[calc(100dvh-164px)] min-h-130 flex-col overflow-hidden rounded-md border border-line bg-panel max-lg:h-auto">
        <Toolbar
          drawing={drawing} nameOf={nameOf} searchRef={searchRef}
          palette={<Palette editing={editing} serviceId={target} free={free} onAddDirector={edits.addDirector} />}
          editing={{ undo, onDuplicate: edits.duplicate, onDelete: edits.remove, onTidy: drawing.tidy }}
        />
        <div className="flex min-h-0 flex-1 max-lg:flex-col">
          <div className="flex min-h-0 min-w-0 flex-1 max-lg:h-[60dvh] max-lg:flex-none max-sm:h-72">
            <Canvas
              definition={draft.draft} base={base} name={draft.draft.name} findings={findings} nameOf={nameOf} linkOf={useLinks()} drawing={drawing} editing={editing}
              onOpen={edit} onSearch={() => searchRef.current?.focus()}
            />
          </div>
          <SidePanel
            definition={draft.draft} chosen={refsOf(selected)} nameOf={nameOf} edits={edits} panelRef={panelRef} onLeave={() => focus(focused ?? [...selected][0] ?? null)} nothing={cluster} footer={saving}
          />
        </div>
      </div>
  );
}

/** Leads into the side panel, once it shows the object: to the field, or to the first one. */
function useOpening(panelRef: { readonly current: HTMLElement | null }): (key: NodeKey | null, path: string | null) => void {
  const [opening, setOpening] = useState<{ readonly path: string | null } | null>(null);
  const go = useEffectEvent((next: typeof opening) => {
    if (next === null) return;
    // The canvas takes the keyboard to what it shows in the next frame; the panel is after it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (next.path !== null) focusField(next.path);
      else panelRef.current?.querySelector<HTMLElement>('input,select,textarea')?.focus();
    }));
  });
  useEffect(() => go(opening), [opening]);
  return useCallback((_key, path) => setOpening({ path }), []);
}

function useEditing(drawing: Drawing, edits: Edits, free: readonly KnownDirector[]): CanvasEditing {
  return {
    onAddService: edits.addService, onAddRealServer: edits.addRealServer, onAddDirector: () => free[0] && edits.addDirector(free[0].id),
    onDelete: edits.remove, onDuplicate: edits.duplicate, onTidy: drawing.tidy, onMove: edits.move, onConnect: edits.connect, onDropped: useDropped(drawing, edits),
  };
}

/** What the palette let go over the drawing: a real server belongs to the service that it was dropped on, or next to. */
function useDropped(drawing: Drawing, edits: Edits): CanvasEditing['onDropped'] {
  return (kind, at) => {
    const [what = '', directorId = ''] = kind.split(':');
    if (what === 'service') edits.addService();
    else if (what === 'director') edits.addDirector(directorId);
    else if (what === 'realServer') {
      const nearest = drawing.layout.nodes.reduce<{ id: string; far: number } | null>((best, { block, x, y, width, height }) => {
        const far = Math.hypot(at.x - x - width / 2, at.y - y - height / 2);
        return best === null || far < best.far ? { id: block.serviceId, far } : best;
      }, null);
      if (nearest !== null) edits.addRealServer(nearest.id);
    }
  };
}

