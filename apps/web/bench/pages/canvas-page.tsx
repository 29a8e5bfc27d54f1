// The canvas alone in a page, with clusters of any size and ticks that come when they are asked for.
import type { ClusterDefinition } from '@weir/model';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { IntlProvider } from 'use-intl';
import { messagesOf } from '../../src/i18n/messages.ts';
import { Canvas, type CanvasEditing } from '../../src/features/canvas/canvas.tsx';
import { createFigureStore } from '../../src/features/canvas/figures/figure-store.ts';
import { FigureContext } from '../../src/features/canvas/figures/use-figures.tsx';
import { useDrawing } from '../../src/features/canvas/sight/use-drawing.ts';
import { emptyView } from '../../src/features/live/topic-buffer.ts';
import { clusterOf, perService } from './large-cluster.ts';
import { realServersInClusterTickMax, type Figures, type LiveService, type LiveTick, type Topic } from '../../src/live/topic.ts';

function figures(value: number): Figures {
  return {
    active: value, inactive: 0, persistent: 0, windowMs: 1_000, byteKind: 'ipBytes', measuredAtMs: 0,
    totals: { connections: null, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null },
    perSecond: { connections: value / 3, packetsIn: null, packetsOut: null, bytesIn: null, bytesOut: null },
  };
}

/** Every figure is another one at each tick. */
function tickOf(topic: Topic, { services }: ClusterDefinition, count: number): LiveTick {
  const whole = topic.startsWith('service:') || services.length * perService <= realServersInClusterTickMax;
  const told = topic.startsWith('service:') ? services.filter(({ id }) => topic.endsWith(`/${id}`)) : services;
  return {
    topic, atMs: count, directors: [{ directorId: 'lvs-a', name: 'lvs-a', state: 'live', lastSeenAtMs: count, measuredAtMs: count, checker: null }],
    services: told.map(({ id, name, realServers }, index): LiveService => ({
      clusterId: 'c', serviceId: id, name, key: id, holderId: 'lvs-a', directors: ['lvs-a'], figures: figures(count * 7 + index), refused: null, wanted: true,
      notAppliedOn: [], takesNoneOn: [], health: [], realServerCount: realServers.length,
      realServers: whole ? realServers.map((realServer, place) => ({
        realServerId: realServer.id, name: realServer.name, key: realServer.id, weight: 1, weights: [], wantedWeight: 1, notAppliedOn: [], health: [], figures: figures(count * 3 + place),
      })) : [],
    })),
  };
}

function liveOf(definition: ClusterDefinition) {
  const listeners = new Set<() => void>();
  const followed = new Set<Topic>(['cluster:c']);
  const latest = new Map<Topic, LiveTick>();
  let count = 0;
  const tick = () => {
    count += 1;
    for (const topic of followed) {
      latest.set(topic, tickOf(topic, definition, count));
      for (const listener of listeners) listener();
    }
  };
  return {
    tick,
    store: createFigureStore({
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      shown: (topic) => ({ ...emptyView, latest: latest.get(topic) ?? null }),
      follow: (topic) => {
        followed.add(topic);
        return () => followed.delete(topic);
      },
    }, 'c'),
  };
}

const nothing = () => undefined;
const editing: CanvasEditing = {
  onAddService: nothing, onAddRealServer: nothing, onAddDirector: nothing, onDelete: nothing, onDuplicate: nothing, onTidy: nothing, onMove: nothing, onConnect: nothing, onDropped: nothing,
};
const nameOf = (id: string) => id;
const linkOf = () => null;

const acts: { edit: () => void; tidy: () => void } = { edit: nothing, tidy: nothing };

/** Of the first real server. */
function withAnotherWeight({ services: [first, ...others], ...rest }: ClusterDefinition): ClusterDefinition {
  if (first === undefined) return { services: [], ...rest };
  const realServers = first.realServers.map((realServer, place) => (place > 0 ? realServer : { ...realServer, weight: realServer.weight + 1 }));
  return { ...rest, services: [{ ...first, realServers }, ...others] };
}

function Drawn({ initial }: { initial: ClusterDefinition }) {
  const [definition, setDefinition] = useState(initial);
  const drawing = useDrawing(definition, null);
  useEffect(() => {
    acts.edit = () => setDefinition(withAnotherWeight);
    acts.tidy = drawing.tidy;
  });
  return (
    <Canvas
      definition={definition} base={initial} name="bench" findings={[]} nameOf={nameOf} linkOf={linkOf} drawing={drawing} editing={editing} onOpen={nothing} onSearch={nothing}
    />
  );
}

export interface CanvasBench {
  open(realServers: number): void;
  tick(): void;
  edit(): void;
  tidy(): void;
}

let root: Root | null = null;
let live: ReturnType<typeof liveOf> | null = null;

const bench: CanvasBench = {
  open: (realServers) => {
    root?.unmount();
    const definition = clusterOf(realServers);
    live = liveOf(definition);
    root = createRoot(document.querySelector('#root') ?? document.body);
    root.render(
      <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
        <FigureContext value={live.store}><ReactFlowProvider><Drawn key={realServers} initial={definition} /></ReactFlowProvider></FigureContext>
      </IntlProvider>,
    );
  },
  tick: () => live?.tick(),
  edit: () => acts.edit(),
  tidy: () => acts.tidy(),
};
Object.assign(window, { bench });
