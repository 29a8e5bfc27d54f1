// What shares are made of: what the live stream brought, or what history answers. Pure.
import type { HistoryAnswer } from '../../../history/series.ts';
import type { LiveTick } from '../../../live/topic.ts';
import { serviceIn } from '../flow/live-flow.ts';
import type { FlowLine } from '../flow/flow.ts';
import type { ShareRow, Taken } from './share.ts';

export function liveShareSteps(ticks: readonly LiveTick[], serviceId: string): ShareRow[][] {
  return ticks.flatMap((tick) => {
    const service = serviceIn(tick, serviceId);
    if (service === undefined) return [];
    return [service.realServers.map(({ realServerId, key, name, weight, figures: { perSecond: { connections } } }) => (
      { id: realServerId ?? key, name, weight, perSecond: typeof connections === 'number' ? connections : null }))];
  });
}

/** Lines of one answer have the same steps. */
export function lineShareSteps(lines: readonly FlowLine[]): ShareRow[][] {
  const steps = new Map<number, ShareRow[]>();
  for (const { id, name, points, weights } of lines) {
    points.connections.forEach(({ t, value }, index) => {
      const rows = steps.get(t) ?? [];
      const weight = weights[index]?.value ?? null;
      // Where nobody measured there is neither; what was out has no weight, and took nothing.
      if (weight !== null || (value ?? 0) > 0) rows.push({ id, name, weight, perSecond: value });
      steps.set(t, rows);
    });
  }
  return [...steps].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}

/** Null where it is not known of one of them. */
export function takenIn(lines: HistoryAnswer['lines']): Taken | null {
  const taken = lines.map(({ realServerId, totals: { connections } }) => [realServerId ?? '', connections === null ? 0 : Number(connections)] as const);
  return taken.some(([, count]) => Number.isNaN(count)) ? null : new Map(taken);
}
