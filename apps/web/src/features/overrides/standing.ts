// How a real server stands on each director: which override decides there, and which wait behind it. Pure.
import { deciding, type Override } from '@weir/model';
import type { DirectorOverrides } from '../../server/overrides/override-view.ts';

export interface Standing {
  /** Those on which it is the same. */
  readonly directors: readonly string[];
  readonly definedWeight: number | null;
  readonly decides: Override;
  /** Strongest first. */
  readonly waiting: readonly Override[];
}

export interface RealServerStanding {
  readonly standings: readonly Standing[];
  /** Names of directors that hold no override on it. */
  readonly none: readonly string[];
  /** Names of directors that the panel has not heard. */
  readonly unheard: readonly string[];
}

type TargetIds = Pick<Override['target'], 'serviceId' | 'realServerId'>;

function ofTarget({ overrides }: DirectorOverrides, { serviceId, realServerId }: TargetIds): Override[] {
  return (overrides ?? []).map(({ override }) => override).filter(({ target }) => target.serviceId === serviceId && target.realServerId === realServerId);
}

/**
 * The moment at which a director's overrides are judged. A connected one lists none that has not begun or has ended by its own clock, so
 * this browser's clock has no say; what a silent one last said may have ended since.
 */
function momentOf({ link }: DirectorOverrides, overrides: readonly Override[], nowMs: number): number {
  const begunMs = overrides.reduce((latest, { startsAtMs }) => Math.max(latest, startsAtMs), 0);
  return link === 'connected' ? begunMs : Math.max(begunMs, nowMs);
}

/** By the one rule of precedence: who decides now, who would if that one ended, and so on. */
export function byPrecedence(overrides: readonly Override[], atMs: number): Override[] {
  const left = new Set(overrides);
  const order: Override[] = [];
  for (let next = deciding([...left], atMs); next !== null; next = deciding([...left], atMs)) {
    order.push(next);
    left.delete(next);
  }
  return order;
}

export function standingOf(directors: readonly DirectorOverrides[], target: TargetIds, nowMs: number): RealServerStanding {
  const standings = new Map<string, Standing>();
  const none: string[] = [];
  for (const director of directors.filter(({ overrides }) => overrides !== null)) {
    const held = ofTarget(director, target);
    const [decides, ...waiting] = byPrecedence(held, momentOf(director, held, nowMs));
    if (decides === undefined) {
      none.push(director.name);
      continue;
    }
    const definedWeight = director.overrides?.find(({ override }) => override.id === decides.id)?.definedWeight ?? null;
    const key = JSON.stringify([definedWeight, decides.id, ...waiting.map(({ id }) => id)]);
    const same = standings.get(key)?.directors ?? [];
    standings.set(key, { directors: [...same, director.name], definedWeight, decides, waiting });
  }
  return { standings: [...standings.values()], none, unheard: directors.filter(({ overrides }) => overrides === null).map(({ name }) => name) };
}

export interface OverrideRow {
  readonly override: Override;
  readonly definedWeight: number | null;
  /** On every holder another one decides. */
  readonly waits: boolean;
  readonly holders: readonly DirectorOverrides[];
  /** Heard, and without it. */
  readonly lacking: readonly DirectorOverrides[];
}

/** Every override once, with who holds it and who does not: real server by real server, the strongest first. */
export function overrideRows(directors: readonly DirectorOverrides[], nowMs: number): OverrideRow[] {
  const rows = new Map<string, OverrideRow>();
  for (const director of directors) {
    for (const { override, definedWeight } of director.overrides ?? []) {
      const row = rows.get(override.id) ?? { override, definedWeight, waits: true, holders: [], lacking: [] };
      rows.set(override.id, { ...row, waits: row.waits && !decidesOn(director, override, nowMs), holders: [...row.holders, director] });
    }
  }
  const heard = directors.filter(({ overrides }) => overrides !== null);
  return inOrder([...rows.values()]).map((row) => ({ ...row, lacking: heard.filter((director) => !row.holders.includes(director)) }));
}

function decidesOn(director: DirectorOverrides, override: Override, nowMs: number): boolean {
  const held = ofTarget(director, override.target);
  return deciding(held, momentOf(director, held, nowMs))?.id === override.id;
}

function inOrder(rows: readonly OverrideRow[]): OverrideRow[] {
  const targetOf = ({ override: { target } }: OverrideRow): string => `${target.serviceId}/${target.realServerId}`;
  return [...new Set(rows.map(targetOf))].toSorted().flatMap((target) => {
    const same = rows.filter((row) => targetOf(row) === target);
    // An end has no say in the order: what has ended by one director's word may go on by another's.
    const order = byPrecedence(same.map(({ override }) => ({ ...override, endsAtMs: null })), Number.MAX_SAFE_INTEGER).map(({ id }) => id);
    return same.toSorted((a, b) => order.indexOf(a.override.id) - order.indexOf(b.override.id));
  });
}
