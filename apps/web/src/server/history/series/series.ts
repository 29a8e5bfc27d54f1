// Answers what pages ask of history: finds the objects, chooses how finely to read, reads director by director, and adds up.
import { since } from '@weir/protocol';
import type { Pool } from 'pg';
import type { HistoryAnswer, HistoryInput, HistoryLine } from '../../../history/series.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { PanelError } from '../../errors.ts';
import { sinceOf } from '../store/since.ts';
import { chooseTier } from '../tiers.ts';
import { findObjects, kindOf } from './found.ts';
import type { FoundDirector, FoundObject } from './found.ts';
import { linesOf } from './lines.ts';
import { readBlocks } from './read.ts';
import { Steps } from './steps.ts';

export interface SeriesParts {
  readonly pool: Pool;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly now: () => number;
}

/** Of all directors together: some seconds of work at most. */
const rowsMax = 60_000;
/** So late an interval may come from a director that answers. */
const usualDelayMs = 60_000;

export async function series(parts: SeriesParts, input: HistoryInput): Promise<HistoryAnswer> {
  const { pool, clusters } = parts;
  if (input.toMs <= input.fromMs || (input.by === 'realServer' && input.subject.kind !== 'service')) throw new PanelError('badInput');
  const names = linesOf(clusters, parts.gateway, input);
  const found = await findObjects(pool, input);
  const kind = kindOf(input);
  const stock = await sinceOf(pool, kind, found.map(({ number }) => number));
  const { tier, ...axis } = chooseTier(kind, input, { sinceMs: (one) => stock.get(one.lengthMs) ?? null, rowsMax: rowsMax / Math.max(found.length, 1) });
  const lines = new Map(names.initial.map(({ realServerId, name }) => [realServerId, { realServerId, name, steps: new Steps(axis) }]));
  for (const director of found) {
    const objects = new Map(director.objects.map((object) => [object.number, object]));
    for await (const { startMs, block } of readBlocks(pool, { directorNumber: director.number, kind, tier, reachesToMs: director.reachesToMs, ...axis, objects: new Set(objects.keys()) })) {
      for (const [number, portion] of block.portions) lineFor(objects.get(number)).add(number, startMs, block.byteKind, portion);
    }
  }

  function lineFor(object: FoundObject | undefined): Steps {
    const realServerId = input.by === 'whole' ? null : object?.realServerId ?? null;
    const line = lines.get(realServerId) ?? { realServerId, name: object?.key ?? '', steps: new Steps(axis) };
    lines.set(realServerId, line);
    return line.steps;
  }

  const byteKinds = new Set([...lines.values()].flatMap(({ steps }) => [...steps.byteKinds]));
  const byteKind = byteKinds.size === 1 ? [...byteKinds][0] ?? null : null;
  return {
    ...axis, resolutionMs: tier.lengthMs, byteKind,
    lines: [...lines.values()].map(({ realServerId, name, steps }): HistoryLine => ({ realServerId, name, points: steps.points(byteKind !== null), totals: steps.totals(byteKind !== null) })),
    missing: missingOf(parts, names.directorIds, found, input.toMs),
  };
}

function missingOf({ gateway, now }: SeriesParts, named: readonly string[], found: readonly FoundDirector[], toMs: number): HistoryAnswer['missing'] {
  const ids = new Set([...named, ...found.map(({ directorId }) => directorId)]);
  return [...ids].flatMap((directorId): HistoryAnswer['missing'] => {
    const view = gateway.director(directorId);
    if (view === null) return [];
    if (view.hello !== null && view.hello.version < since.history) return [{ directorId, name: view.name, why: 'olderAgent' }];
    const reachesToMs = found.find((one) => one.directorId === directorId)?.reachesToMs ?? 0;
    const isBehind = reachesToMs < Math.min(toMs, now() - usualDelayMs);
    return view.link.state !== 'connected' && isBehind ? [{ directorId, name: view.name, why: 'silent' }] : [];
  });
}
