// Which override decides on which director, and where directors differ.
import type { Override } from '@weir/model';
import { describe, expect, it } from 'vitest';
import type { DirectorOverrides } from '../../server/overrides/override-view.ts';
import { overrideRows, standingOf } from './standing.ts';

const target = { clusterId: 'c', serviceId: 's', realServerId: 'r' };

function override(id: string, changes: Partial<Override> = {}): Override {
  return { id, target, cause: 'manual', effect: { kind: 'weight', weight: 5 }, author: 'Ada', reason: '', startsAtMs: 100, endsAtMs: null, ...changes };
}

function director(name: string, overrides: Override[] | null, changes: Partial<DirectorOverrides> = {}): DirectorOverrides {
  return {
    directorId: name, name, link: 'connected', heardAtMs: 1, revision: 1,
    overrides: overrides?.map((each) => ({ override: each, definedWeight: 100 })) ?? null, ...changes,
  };
}

const maintenance = override('m', { cause: 'maintenance', effect: { kind: 'weight', weight: 0 }, endsAtMs: 500 });
const manual = override('w');

describe('a real server', () => {
  it('that directors hold alike stands once, the deciding one first and the others behind it', () => {
    const { standings, none, unheard } = standingOf([director('a', [manual, maintenance]), director('b', [maintenance, manual])], target, 200);
    expect(standings).toEqual([{ directors: ['a', 'b'], definedWeight: 100, decides: maintenance, waiting: [manual] }]);
    expect([none, unheard]).toEqual([[], []]);
  });

  it('that directors hold differently stands for each', () => {
    const found = standingOf([director('a', [maintenance]), director('b', []), director('c', null)], target, 200);
    expect(found.standings.map(({ directors, decides }) => [directors, decides.id])).toEqual([[['a'], 'm']]);
    expect([found.none, found.unheard]).toEqual([['b'], ['c']]);
  });

  it('of a silent director is judged by the clock, of a connected one by what it lists', () => {
    const moments: [DirectorOverrides['link'], number][] = [['connected', 0], ['connected', 600], ['silent', 499], ['silent', 500]];
    const decides = moments.map(([link, nowMs]) => standingOf([director('a', [maintenance, manual], { link })], target, nowMs).standings[0]?.decides.id);
    expect(decides).toEqual(['m', 'm', 'm', 'w']);
  });

  it('without overrides, or only another one with some, stands nowhere', () => {
    expect(standingOf([director('a', [manual])], { ...target, realServerId: 'other' }, 200).standings).toEqual([]);
    expect(standingOf([], target, 200)).toEqual({ standings: [], none: [], unheard: [] });
  });
});

describe('the list of overrides', () => {
  it('names each once, with who holds it and who lacks it; the unheard do neither', () => {
    const [a, b, c] = [director('a', [manual, maintenance]), director('b', [manual]), director('c', null)];
    expect(overrideRows([a, b, c], 200).map(({ override: { id }, holders, lacking }) => [id, holders.map(({ name }) => name), lacking.map(({ name }) => name)]))
      .toEqual([['m', ['a'], ['b']], ['w', ['a', 'b'], []]]);
  });

  it('says of one that it waits where it decides on none of its holders', () => {
    const waiting = [[director('a', [manual, maintenance])], [director('a', [manual, maintenance]), director('b', [manual])]]
      .map((directors) => overrideRows(directors, 200).map(({ override: { id }, waits }) => [id, waits]));
    expect(waiting).toEqual([[['m', false], ['w', true]], [['m', false], ['w', false]]]);
  });
});
