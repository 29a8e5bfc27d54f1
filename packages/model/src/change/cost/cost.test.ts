import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cost, costOf, costsOf } from './cost.ts';
import type { Operation } from '../operation.ts';
import { plan } from '../plan.ts';
import type { PresentTable, RealServerSettings, ServiceSettings } from '../../table/table.ts';
import { actualTable, forwardingTable } from '../../testing/definitions/arbitrary.ts';

const service = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 } as const;
const settings: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
const own: RealServerSettings = { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } };
const first = { rip: '10.0.0.2', port: 80 };
const second = { rip: '10.0.0.3', port: 80 };
const idle = { rip: '10.0.0.4', port: 80 };
const actual: PresentTable = {
  services: [
    {
      address: service, settings, foreign: false, realServers: [
        { endpoint: first, settings: own, connections: { active: 3, inactive: 20, persistent: 7 } },
        { endpoint: second, settings: own, connections: { active: 100, inactive: 0, persistent: null } },
        { endpoint: idle, settings: own, connections: { active: 0, inactive: 0, persistent: 9 } },
      ],
    },
    { address: { ...service, port: 81 }, settings, foreign: false, realServers: [{ endpoint: first, settings: own, connections: { active: 5, inactive: 5, persistent: 5 } }] },
  ],
};

const removal = (endpoint: typeof first): Operation => ({ kind: 'removeRealServer', service, removed: { endpoint, settings: own } });
const weight = (endpoint: typeof first, before: number, after: number): Operation => (
  { kind: 'setRealServer', service, endpoint, before: { ...own, weight: before }, after: { ...own, weight: after } });

describe('what an operation costs', () => {
  it.each<[what: string, operation: Operation, connections: number, fate: string]>([
    ['a new service: nobody', { kind: 'addService', service, settings }, 0, 'none'],
    ['a new real server: nobody', { kind: 'addRealServer', service, realServer: { endpoint: idle, settings: own } }, 0, 'none'],
    ['other settings: all of the service stay', { kind: 'setService', service, before: settings, after: settings }, 123, 'stay'],
    ['weight to 0: they drain', weight(first, 1, 0), 23, 'drain'],
    ['weight 0 and still 0, another method: they stay', weight(first, 0, 0), 23, 'stay'],
    ['another weight: they stay', weight(second, 1, 50), 100, 'stay'],
    ['weight up from 0: they stay', weight(second, 0, 1), 100, 'stay'],
    ['a real server goes: its own', removal(second), 100, 'stall'],
    ['an idle one goes: nobody, templates are no connections', removal(idle), 0, 'none'],
    ['one that is not there: nobody', removal({ rip: '10.0.0.9', port: 80 }), 0, 'none'],
    ['the same address on another port: nobody', removal({ rip: '10.0.0.2', port: 81 }), 0, 'none'],
    ['the service goes: all of it', { kind: 'removeService', service, removed: { address: service, settings, realServers: [] } }, 123, 'stall'],
    ['another service goes: only its own', { kind: 'removeService', service: { ...service, port: 81 }, removed: { address: service, settings, realServers: [] } }, 10, 'stall'],
    ['a service that is not there: nobody', { kind: 'removeService', service: { ...service, protocol: 'udp' }, removed: { address: service, settings, realServers: [] } }, 0, 'none'],
  ])('%s', (_, operation, connections, fate) => {
    expect(costOf(operation, actual, { removal: 'stall' })).toEqual({ connections, fate });
    expect(costOf(operation, actual, { removal: 'reset' })).toEqual({ connections, fate: fate === 'stall' ? 'reset' : fate });
  });

  it('is the same for a plan at once as one by one, and has the shape it promises', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, now) => {
      const operations = plan(wanted, now);
      const costs = costsOf(operations, now, { removal: 'reset' });
      expect(costs).toEqual(operations.map((operation) => costOf(operation, now, { removal: 'reset' })));
      for (const cost of costs) expect(Cost.parse(cost)).toEqual(cost);
    }));
  });
});
