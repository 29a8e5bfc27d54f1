// What is told, read back by a strict reader of both formats.
import type { Counters, Sample, Scheduler, VirtualService } from '@weir/model';
import { describe, expect, it } from 'vitest';
import type { HeldCluster } from '../disk/data-folder.ts';
import { cluster } from '../testing/cluster.ts';
import { parseExposition } from '../testing/exposition-parser.ts';
import type { ParsedFamily } from '../testing/exposition-parser.ts';
import { namesOf } from './census.ts';
import { exposition } from './exposition.ts';
import type { View } from './exposition.ts';
import type { Format } from './text-format.ts';

const nowMs = 1_800_000_000_000;
const counted: Counters = { connections: 7n, packetsIn: 2n ** 64n - 1n, packetsOut: 'replyBypassesDirector', bytesIn: 900n, bytesOut: 'replyBypassesDirector' };
const seen: Counters = { ...counted, packetsOut: 5n, bytesOut: 600n };
const scheduler: Scheduler = { name: 'wrr' };

function held(changes: Partial<VirtualService> = {}, name = 'web'): HeldCluster {
  const definition = cluster({ vip: '10.0.0.1', port: 80, realServers: ['10.0.0.20', '10.0.0.30'] });
  const services = definition.services.map((service) => ({ ...service, scheduler, ...changes }));
  return { clusterId: `id-${name}`, revision: 3, digest: 'a'.repeat(64), acceptedAtMs: nowMs, directorId: 'director-1', definition: { ...definition, name, services } };
}

function sampled(keys: readonly string[] = ['tcp 10.0.0.1:80'], measuredAtMs = nowMs): Sample {
  const realServers = [['10.0.0.20:8080', counted], ['10.0.0.30:8080', seen]] as const;
  return {
    measuredAtMs,
    services: keys.map((key) => ({
      key, counters: counted, refused: null,
      realServers: realServers.map(([endpoint, counters]) => ({ key: endpoint, weight: 2, connections: { active: 3, inactive: 1, persistent: null }, counters })),
    })),
  };
}

function viewOf(changes: Partial<View> = {}): View {
  const accepted = changes.accepted ?? [held()];
  return {
    info: { version: '1.0.0', protocol: 3, driver: 'ipvs', hostname: 'lb-1', startedAtMs: nowMs - 60_000 },
    byteKind: 'ipBytes', accepted, names: namesOf(accepted), sample: sampled(), checker: { targets: 0, late: null, braked: null }, journalBacklog: 6,
    state: {
      accepted: [], overrides: [], drift: [], driftCount: 4, driftSinceMs: nowMs, unconfirmed: [], drains: [], readAtMs: nowMs - 1_500,
      host: { vips: [{ address: '10.0.0.1', interface: 'eth0', byWeir: true }], findings: [], leftOut: { vips: 0, findings: 0 } },
    },
    standingOf: () => null, sampleAgeMs: 900, tookMs: () => 2.5, ...changes,
  };
}

function told(changes: Partial<View> = {}, format: Format = 'openMetrics'): (name: string) => ParsedFamily {
  const families = parseExposition([...exposition(viewOf(changes), format)].join(''), format === 'openMetrics');
  return (name) => {
    const family = families.get(name);
    if (family === undefined) throw new Error(`nothing is told of ${name}`);
    return family;
  };
}

describe('metrics', () => {
  it('call services and real servers as the accepted revision does', () => {
    const of = told();
    expect(of('weir_service_connections').samples).toEqual([
      { name: 'weir_service_connections_total', labels: { cluster: 'web', service: 'web', protocol: 'tcp', vip: '10.0.0.1', port: '80' }, value: 7 },
    ]);
    expect(of('weir_real_server_weight').samples.map(({ labels, value }) => [labels.real_server, labels.rip, labels.rport, value])).toEqual([
      ['rs-0', '10.0.0.20', '8080', 2], ['rs-1', '10.0.0.30', '8080', 2],
    ]);
    expect(of('weir_accepted_revision').samples).toMatchObject([{ labels: { cluster: 'web', cluster_id: 'id-web' }, value: 3 }]);
    expect(of('weir_vip_held').samples).toMatchObject([{ labels: { cluster: 'web', vip: '10.0.0.1' }, value: 1 }]);
    expect(of('weir_journal_backlog').samples).toMatchObject([{ value: 6 }]);
    expect(of('weir_drift_operations').samples).toMatchObject([{ value: 4 }]);
    expect(of('weir_state_time_seconds')).toMatchObject({ unit: 'seconds', samples: [{ value: nowMs / 1_000 - 1.5 }] });
  });

  it('leave out what the director cannot see, and say of bytes what they count', () => {
    const of = told();
    expect(of('weir_service_bytes').samples.map(({ labels, value }) => [labels.direction, labels.kind, value])).toEqual([['in', 'ip', 900]]);
    expect(of('weir_real_server_packets').samples.map(({ labels, value }) => [labels.rip, labels.direction, value])).toEqual([
      ['10.0.0.20', 'in', 2 ** 64], ['10.0.0.30', 'in', 2 ** 64], ['10.0.0.30', 'out', 5],
    ]);
    for (const name of ['weir_service_refused', 'weir_service_state', 'weir_real_server_up']) expect(of(name).samples).toEqual([]);
    expect(told({ state: null })('weir_vip_held').samples).toEqual([]);
    expect(told({ state: null })('weir_drift_operations').samples).toEqual([]);
    expect(told({ byteKind: 'payloadBytes' })('weir_service_bytes').samples[0]?.labels.kind).toBe('payload');
  });

  it('take names as they are, quotes, backslashes and braces too', () => {
    const name = 'a "b" \\n {c="d"} 网';
    expect(told({ accepted: [held({ name }, name)] })('weir_service_connections').samples[0]?.labels).toMatchObject({ cluster: name, service: name });
  });

  it('say how a service and its real servers stand by their checks', () => {
    const rule = { code: 'rose' as const, params: {}, sinceMs: nowMs };
    const standing = (realServerId: string, is: 'up' | 'down') => ({ realServerId, standing: is, sinceMs: nowMs, isUp: is === 'up', isUsed: true, rule });
    const of = told({
      checker: { targets: 9, late: { targets: 2, worstMs: 1_500, sinceMs: nowMs }, braked: { hosts: 3, sinceMs: nowMs } },
      standingOf: ({ clusterId, serviceId }) => ({
        clusterId, serviceId, sorry: false, state: { code: 'someDown', params: {}, sinceMs: nowMs }, realServers: [standing('rs-0', 'up'), standing('rs-1', 'down')],
      }),
    });
    expect(of('weir_service_state').samples.filter(({ value }) => value === 1).map(({ labels }) => labels.weir_service_state)).toEqual(['someDown']);
    expect(of('weir_real_server_up').samples.map(({ labels, value }) => [labels.real_server, value])).toEqual([['rs-0', 1], ['rs-1', 0]]);
    expect(['weir_checker_targets', 'weir_checker_late_targets', 'weir_checker_delay_seconds', 'weir_checker_braked_hosts'].map((name) => of(name).samples[0]?.value)).toEqual([9, 2, 1.5, 3]);
  });

  it('name a service of a firewall mark by its mark, and of what nobody accepted only how many there are', () => {
    const match = { kind: 'mark', family: 'ipv6', mark: 7, protocol: 'udp', vips: ['fd00::1'], ports: [] } as const;
    const of = told({ accepted: [held({ match: { ...match, vips: [...match.vips], ports: [] } })], sample: sampled(['fwm ipv6 7', 'tcp 10.0.0.9:80']) });
    expect(of('weir_service_connections').samples.map(({ labels }) => labels)).toEqual([{ cluster: 'web', service: 'web', protocol: 'udp', mark: '7', family: 'ipv6' }]);
    expect(of('weir_unnamed_services').samples).toMatchObject([{ value: 1 }]);
  });

  it('have a bound, and count what is beyond it', () => {
    const many = [80, 81, 82].map((port) => held({ match: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port } }, `c${port}`));
    const of = told({ accepted: many, sample: sampled([80, 81, 82].map((port) => `tcp 10.0.0.1:${port}`)), bounds: { services: 2, realServers: 3 } });
    expect(of('weir_service_connections').samples.map(({ labels }) => labels.port)).toEqual(['80', '81']);
    expect(of('weir_real_server_connections').samples).toHaveLength(2);
    expect(of('weir_left_out_objects').samples.map(({ labels, value }) => [labels.object, value])).toEqual([['service', 1], ['realServer', 4], ['vip', 0]]);
  });

  it('are silent about services while the last sample is old, and say of when it is', () => {
    const of = told({ sample: sampled(undefined, nowMs - 10_001), sampleAgeMs: 10_001 });
    expect(of('weir_service_connections').samples).toEqual([]);
    expect(of('weir_unnamed_services').samples).toEqual([]);
    expect(of('weir_sample_time_seconds').samples[0]?.value).toBeCloseTo(nowMs / 1_000 - 10.001, 3);
    expect(told({ sample: null })('weir_sample_time_seconds').samples).toEqual([]);
  });

  it('are in the words of the older format too', () => {
    const of = told({}, 'prometheus');
    expect(of('weir_service_connections_total')).toMatchObject({ type: 'counter', samples: [{ value: 7 }] });
    expect(of('weir_agent_info')).toMatchObject({ type: 'gauge', samples: [{ labels: { driver: 'ipvs', hostname: 'lb-1' }, value: 1 }] });
    expect(of('weir_scrape_duration_seconds')).toMatchObject({ unit: null, samples: [{ value: 0.0025 }] });
  });
});
