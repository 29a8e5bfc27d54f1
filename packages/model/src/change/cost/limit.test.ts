import { describe, expect, it } from 'vitest';
import { changeSize, exceedsLimit } from './limit.ts';
import type { SizedPlan } from './limit.ts';
import type { PlanOperation } from '../director-plan.ts';
import type { Touched } from './touched.ts';

const serviceAt = (port: number) => ({ kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port }) as const;
const add = (port: number): PlanOperation => (
  { kind: 'addService', service: serviceAt(port), settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } });
const services = (count: number): PlanOperation[] => Array.from({ length: count }, (_, at) => add(at + 1));
const counted = (live: number, fates: Partial<Touched['fates']> = {}): Touched => (
  { directorConnections: live, clusterConnections: live, fates: { stay: 0, drain: 0, stall: 0, reset: 0, ...fates } });
const planned = (operations: readonly PlanOperation[], touched: Touched | null = counted(0)): SizedPlan => ({ operations, touched });

describe('the size of a change', () => {
  it('counts a service once, however many operations and directors it has', () => {
    expect(changeSize([planned([add(80), add(80), add(81)]), planned([add(80)])]).services).toBe(2);
  });

  it('counts what drains, stalls or is cut, of what lives on these directors', () => {
    const connections = changeSize([planned([], counted(100, { stay: 50, drain: 1, stall: 2, reset: 4 })), planned([], counted(20, { drain: 8 }))]).connections;
    expect(connections).toEqual({ touched: 15, live: 120 });
  });

  it('knows no connections where one director does not count them', () => {
    expect(changeSize([planned([add(80)], counted(9)), planned([add(80)], null)]).connections).toBeNull();
  });
});

describe('a change is above the limit', () => {
  it.each<[what: string, plans: SizedPlan[], above: boolean]>([
    ['ten services: not yet', [planned(services(10))], false],
    ['eleven: above', [planned(services(11))], true],
    ['eleven on two directors together: above', [planned(services(10)), planned([add(8_080)])], true],
    ['a fifth of the connections: not yet', [planned([add(1)], counted(100, { drain: 12, stall: 8 }))], false],
    ['more than a fifth: above', [planned([add(1)], counted(100, { drain: 13, reset: 8 }))], true],
    ['all that stay: not', [planned([add(1)], counted(100, { stay: 100 }))], false],
    ['no connections at all: not', [planned([add(1)], counted(0))], false],
    ['a director with nothing planned says nothing', [planned([add(1)]), planned([], null)], false],
    ['what is not counted: above', [planned([add(1)], null)], true],
    ['nothing to do: not', [planned([], null)], false],
    ['only its own share counts', [planned([add(1)], counted(100, { reset: 30 })), planned([], counted(1_000))], true],
  ])('%s', (_, plans, above) => expect(exceedsLimit(plans)).toBe(above));

  it('as far as the limit is set', () => {
    expect(exceedsLimit([planned(services(3))], { services: 2, percentOfConnections: 100 })).toBe(true);
    expect(exceedsLimit([planned([add(1)], counted(10, { reset: 10 }))], { services: 2, percentOfConnections: 100 })).toBe(false);
  });
});
