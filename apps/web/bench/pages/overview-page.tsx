// Six charts and two hundred sparklines over the live store, alone in a page, which read ticks of the overview as they come over the stream.
import { Sparkline, TimeChart, type Quantity, type TimeChartTexts } from '@weir/ui';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createLiveStore, type LiveStore } from '../../src/features/live/live-store.ts';
import { liveSource } from '../../src/features/live/live-source.ts';
import { sparks } from '../../src/features/overview/services/sparks.ts';
import { lineId, linesMax, type Carried, type ServiceLine } from '../../src/live/service-line.ts';
import type { LiveTick } from '../../src/live/topic.ts';
import type { Total, TotalName } from '../../src/live/totals.ts';
import type { PanelClient } from '../../src/trpc/client.ts';

export interface OverviewBench {
  open(): void;
  /** So many seconds, one after the other. */
  tick(count: number): void;
  /** What took the page's thread for more than 50 ms, since it was last asked. */
  longTasks(): number[];
  characters(): number;
}

const clusters = 100;
const servicesPerCluster = 100;
const sparklinesPerLine = 4;
const rangeMs = 5 * 60_000;
const texts: TimeChartTexts = { now: 'now', series: 'series', last: 'last', lowest: 'lowest', highest: 'highest', paused: (span) => span };
const charts: readonly (readonly [name: TotalName, quantity: Quantity])[] = [
  ['active', 'count'], ['connectionsPerSecond', 'countPerSecond'], ['bytesInPerSecond', 'bytesPerSecond'], ['bytesOutPerSecond', 'bytesPerSecond'], ['active', 'count'], ['bytesInPerSecond', 'bytesPerSecond'],
];

let atMs = Date.now();
let text = '';
let say: ((tick: string) => void) | null = null;
const long: number[] = [];

const carried = (scale: number): Carried => (
  { active: Math.floor(scale * (10 + Math.random())), perSecond: { connections: scale * Math.random(), bytesIn: 1_700 * scale * Math.random(), bytesOut: 21_000 * scale * Math.random() }, byteKind: 'payloadBytes' });

const total = (scale: number): Total => ({ sum: scale * Math.random(), unknown: 0, unseen: 0 });

function lineOf(index: number): ServiceLine {
  return {
    clusterId: `cluster-${index}`, serviceId: 'web', name: `web-${index}`, key: `tcp 10.0.0.${index}:80`, method: 'nat', directors: [`director-${index}`], carried: carried(10),
    realServers: { all: 10, down: 0, draining: 0, out: 0 }, troubles: [],
  };
}

function nextTick(): LiveTick {
  atMs += 1_000;
  const numbers = Array.from({ length: clusters }, (_, index) => index);
  return {
    topic: 'overview', atMs, services: [],
    directors: numbers.map((index) => ({ directorId: `director-${index}`, name: `lvs-${index}`, state: 'live', lastSeenAtMs: atMs, measuredAtMs: atMs, checker: null })),
    totals: {
      active: total(1_000_000), connectionsPerSecond: total(1_000), bytesInPerSecond: total(1_700_000), bytesOutPerSecond: total(21_000_000), twoByteKinds: false,
    },
    lines: { shown: Array.from({ length: linesMax }, (_, index) => lineOf(index)), services: clusters * servicesPerCluster, troubled: 0 },
  };
}

function Page({ store }: { store: LiveStore }) {
  const view = useSyncExternalStore(store.subscribe, () => store.now('overview'));
  const toMs = view.latest?.atMs ?? 0;
  const drawn = sparks(view);
  const points = (name: TotalName) => view.ticks.flatMap((tick) => (tick.atMs < toMs - rangeMs ? [] : [{ t: tick.atMs, value: tick.totals?.[name].sum ?? null }]));
  return (
    <main className="flex w-full flex-col gap-3">
      <div className="grid grid-cols-3 gap-3">
        {charts.map(([name, quantity], index) => (
          <TimeChart key={index} name={name} quantity={quantity} locale="en" texts={texts} height={120} window={{ fromMs: toMs - rangeMs, toMs }} series={[{ id: name, label: name, points: points(name) }]} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {(view.latest?.lines?.shown ?? []).flatMap((line) => Array.from({ length: sparklinesPerLine }, (_, index) => (
          <Sparkline key={`${lineId(line)} ${index}`} values={drawn.get(lineId(line)) ?? []} width={64} label={line.name} />
        )))}
      </div>
    </main>
  );
}

const bench: OverviewBench = {
  open: () => {
    const stream = {
      open: (_: unknown, { onOpen, onText }: { onOpen: (id: string) => void; onText: (tick: string) => void }) => {
        onOpen('stream');
        say = onText;
        return () => undefined;
      },
      follow: () => Promise.resolve(),
    };
    const client = { live: { history: { query: () => Promise.resolve([]) } } } as unknown as PanelClient;
    const store = createLiveStore(liveSource(stream, client), () => atMs, () => undefined);
    store.follow('overview');
    store.setVisible(true);
    createRoot(document.querySelector('#root') ?? document.body).render(<Page store={store} />);
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  },
  tick: (count) => {
    for (let done = 0; done < count; done += 1) {
      text = JSON.stringify(nextTick());
      say?.(text);
    }
  },
  longTasks: () => long.splice(0),
  characters: () => text.length,
};
Object.assign(window, { overviewBench: bench });
