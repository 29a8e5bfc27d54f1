// Several directors, one word: the gravest.
import type { RealServerStanding } from '@weir/protocol';
import { expect, it } from 'vitest';
import { worstHealth } from './worst-health.ts';

const by = (code: RealServerStanding['rule']['code'], sinceMs = 0, isUp = true) => ({ rule: { code, params: {}, sinceMs }, isUp });

it('nobody who says anything is nothing', () => expect(worstHealth([])).toBeNull());

it('the gravest is said, by how many, and since the first of them', () => {
  expect(worstHealth([by('rose'), by('fell', 20, false), by('fell', 10, false)])).toEqual({ state: 'down', standing: by('fell', 10, false), count: 2, all: 3 });
  expect(worstHealth([by('rose'), by('braked')])).toMatchObject({ state: 'braked', count: 1, all: 2 });
  expect(worstHealth([by('first'), by('before')])).toMatchObject({ state: 'undecided', count: 2, all: 2 });
  expect(worstHealth([by('damped', 0, false), by('slowStart')])).toMatchObject({ state: 'damped', count: 1 });
  expect(worstHealth([by('failOpen', 0, false), by('sorry')])).toMatchObject({ state: 'failOpen', count: 1 });
  expect(worstHealth([by('slowStart'), by('agentWeight'), by('rose')])).toMatchObject({ state: 'agentWeight', count: 1, all: 3 });
});
