import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../plan.ts';
import { Touched, touchedBy, touchedTraffic } from './touched.ts';
import type { PlanOperation } from '../director-plan.ts';
import { serviceKey } from '../../table/table.ts';
import type { ActualRealServer, PresentTable, RealServerSettings, ServiceSettings } from '../../table/table.ts';
import { actualTable, forwardingTable } from '../../testing/definitions/arbitrary.ts';

const service = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 } as const;
const settings: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
const sip: ServiceSettings = { ...settings, scheduler: { name: 'wlc' } };
const own: RealServerSettings = { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } };
const at = (host: number) => ({ rip: `10.0.0.${host}`, port: 80 });
const serving = (host: number, active: number, inactive: number): ActualRealServer => (
  { endpoint: at(host), settings: own, connections: { active, inactive, persistent: null } });
const actual: PresentTable = {
  services: [
    { address: service, settings, foreign: false, realServers: [serving(2, 10, 2), serving(3, 100, 12)] },
    { address: { ...service, port: 81 }, settings, foreign: false, realServers: [serving(2, 6, 0)] },
    { address: { ...service, vip: '10.0.0.9' }, settings, foreign: true, realServers: [serving(5, 1_700, 0)] },
  ],
};
const cluster = new Set([service, { ...service, port: 81 } as const].map(serviceKey));
const drain: PlanOperation = { kind: 'setRealServer', service, endpoint: at(3), before: own, after: { ...own, weight: 0 } };
const removal: PlanOperation = { kind: 'removeRealServer', service, removed: { endpoint: at(2), settings: own } };
const scheduler: PlanOperation = { kind: 'setService', service, before: settings, after: sip };

const off = (vip: string): PlanOperation => ({ kind: 'removeVip', vip, interface: 'eth0' });
const touched = (operations: readonly PlanOperation[], how: 'stall' | 'reset' = 'stall') => touchedBy(operations, actual, { removal: how }, cluster).fates;

describe('what a plan does to live connections', () => {
  it('counts those of the director and of the cluster, whatever is planned', () => {
    expect(touchedBy([], actual, { removal: 'stall' }, cluster)).toEqual({ directorConnections: 1_830, clusterConnections: 130, fates: { stay: 0, drain: 0, stall: 0, reset: 0 } });
  });

  it('counts each by what becomes of it', () => {
    expect(touched([drain, removal])).toEqual({ stay: 0, drain: 112, stall: 12, reset: 0 });
    expect(touched([drain, removal], 'reset')).toEqual({ stay: 0, drain: 112, stall: 0, reset: 12 });
  });

  it('counts one that several operations concern once, by the gravest of them', () => {
    expect(touched([scheduler, removal])).toEqual({ stay: 112, drain: 0, stall: 12, reset: 0 });
    expect(touched([removal, scheduler, removal])).toEqual({ stay: 112, drain: 0, stall: 12, reset: 0 });
  });

  it('lets a VIP that leaves stall all that came to it, what is foreign included', () => {
    expect(touched([drain, off('10.0.0.1')])).toEqual({ stay: 0, drain: 0, stall: 130, reset: 0 });
    expect(touched([off('10.0.0.9')])).toEqual({ stay: 0, drain: 0, stall: 1_700, reset: 0 });
  });

  it('never counts more than there are, and has the shape it promises', () => {
    fc.assert(fc.property(forwardingTable, actualTable, (wanted, now) => {
      const found = touchedBy(plan(wanted, now), now, { removal: 'reset' }, new Set(wanted.services.map(({ address }) => serviceKey(address))));
      const { stay, drain: drained, stall, reset } = found.fates;
      expect(stay + drained + stall + reset).toBeLessThanOrEqual(found.directorConnections);
      expect(found.clusterConnections).toBeLessThanOrEqual(found.directorConnections);
      expect(Touched.parse(found)).toEqual(found);
    }));
  });
});

describe('how much of the traffic a plan is about', () => {
  const addresses = actual.services.map(({ address }) => address);
  const incoming = new Map<string, number | null>([['tcp 10.0.0.1:80 10.0.0.2:80', 100], ['tcp 10.0.0.1:80 10.0.0.3:80', 300], ['tcp 10.0.0.1:81 10.0.0.2:80', 600]]);
  const share = (operations: readonly PlanOperation[], perSecond = incoming) => touchedTraffic(operations, addresses, { removal: 'stall' }, perSecond);

  it.each<[what: string, operations: PlanOperation[], touchedBytes: number]>([
    ['what stays is not', [scheduler], 0], ['what drains is', [drain], 300], ['what is removed is', [removal, drain], 400], ['all that came to a VIP that leaves is', [off('10.0.0.1')], 1_000],
    ['nothing of what is new', [], 0],
  ])('%s', (_, operations, touchedBytes) => expect(share(operations)).toEqual({ touched: touchedBytes, all: 1_000 }));

  it('is not known where a part of it is not', () => {
    expect(share([drain], new Map([...incoming, ['tcp 10.0.0.9:80 10.0.0.5:80', null]]))).toBeNull();
  });
});
