import { describe, expect, it } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import type { Probe } from '../../definition/health/probe.ts';
import type { HealthCheck, ServiceHealth } from '../../definition/health/service-health.ts';
import { healthOf } from '../../testing/health-tale.ts';
import { cluster, realServer, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, both, checkRules, sticky, vip, withService } from '../../testing/definitions/lint-cases.ts';
import { lint } from '../lint.ts';
import { healthRules } from './health.ts';

const http = (changes: Partial<Extract<Probe, { type: 'http' }>> = {}): Probe => (
  { type: 'http', method: 'GET', path: '/', host: null, headers: [], statuses: [{ from: 200, to: 399 }], body: null, tls: null, ...changes });
const exchange = (pattern: string): Probe => ({ type: 'exchange', transport: 'tcp', send: null, expect: { kind: 'pattern', pattern } });
const tcp: Probe = { type: 'tcp' };
const path: Probe = { type: 'path' };
const dr = { kind: 'dr' } as const;
const sorry = { id: 'sorry', name: 'sorry', rip: '192.168.8.99', port: 80, method: { kind: 'nat' } } as const;

function health(changes: Partial<ServiceHealth> = {}): ServiceHealth {
  return { ...healthOf(''), ...changes };
}

/** A check for each probe; the changes are the first one's. */
function checks(probes: readonly Probe[], changes: Partial<HealthCheck> = {}): HealthCheck[] {
  const [base] = healthOf('').checks;
  if (base === undefined) throw new Error('one check');
  return probes.map((probe, n) => ({ ...base, id: `check-${n}`, probe, ...(n === 0 && changes) }));
}

const withHealth = (changes: Partial<ServiceHealth>, of: Partial<VirtualService> = {}): ClusterDefinition => withService({ health: health(changes), ...of });
const withCheck = (probe: Probe, changes: Partial<HealthCheck> = {}, of: Partial<VirtualService> = {}): ClusterDefinition => withHealth({ checks: checks([probe], changes) }, of);
const atHealth = ['services', 0, 'health'];
const atCheck = [...atHealth, 'checks', 0];
const mixed: RealServer[] = [realServer('rs-20', { method: dr, port: 80 }), realServer('rs-30', { rip: '192.168.8.30' })];
const udp = { match: address({ protocol: 'udp', port: 53 }) };
const wrr = { scheduler: { name: 'wrr' } } as const;
const weights = [realServer('rs-20', { weight: 1 }), realServer('rs-30', { rip: '192.168.8.30', weight: 2 })];
const many = (intervalMs: number): ClusterDefinition => withHealth({ checks: checks([tcp], { intervalMs, timeoutMs: 200 }) }, {
  realServers: Array.from({ length: 201 }, (_, n) => realServer(`rs-${n}`, { rip: `192.168.9.${n + 1}` })),
});

const broken: readonly Broken[] = [
  { code: 'realServerNotChecked', path: [...atRealServer, 'method'], params: { service: 'web', realServer: '192.168.8.30:8080', method: 'nat' },
    definition: withCheck(path, {}, { realServers: mixed }), mended: null },
  { code: 'pathCheckPassesBy', path: [...atRealServer, 'method'], params: { service: 'web', realServer: '192.168.8.30:8080', method: 'nat' },
    definition: withHealth({ checks: checks([path, tcp]) }, { realServers: mixed }), mended: null },
  { code: 'sourceOfOtherFamily', path: [...atCheck, 'source'], params: { service: 'web', check: 1, source: 'fd00::1', realServer: '192.168.8.20:8080' },
    definition: withCheck(tcp, { source: 'fd00::1' }), mended: withCheck(tcp) },
  { code: 'checkNeedsPort', path: [...atCheck, 'port'], params: { service: 'web', check: 1, realServer: '192.168.8.20:0' },
    definition: withHealth({ whenDown: 'remove' }, { match: address({ port: 0 }), persistence: sticky, realServers: both({ kind: 'nat' }, 0) }), mended: null },
  { code: 'timeoutAboveInterval', path: [...atCheck, 'timeoutMs'], params: { service: 'web', check: 1, timeout: 3, interval: 2 },
    definition: withCheck(tcp, { timeoutMs: 3_000 }), mended: withCheck(tcp, { timeoutMs: 2_000 }) },
  { code: 'timeoutAboveInterval', path: [...atCheck, 'timeoutMs'], params: { service: 'web', check: 1, timeout: 1, interval: 0.5 },
    definition: withCheck(tcp, { changingIntervalMs: 500 }), mended: withCheck(tcp, { changingIntervalMs: 500, timeoutMs: 500 }) },
  { code: 'fasterIntervalIsSlower', path: [...atCheck, 'changingIntervalMs'], params: { service: 'web', check: 1, faster: 3, interval: 2 },
    definition: withCheck(tcp, { changingIntervalMs: 3_000 }), mended: withCheck(tcp) },
  { code: 'statusesCrossed', path: [...atCheck, 'probe', 'statuses'], params: { service: 'web', check: 1, from: 299, to: 200 },
    definition: withCheck(http({ statuses: [{ from: 299, to: 200 }, { from: 302, to: 302 }] })), mended: withCheck(http({ statuses: [{ from: 200, to: 299 }, { from: 302, to: 302 }] })) },
  { code: 'patternInvalid', path: [...atCheck, 'probe'], params: { service: 'web', check: 1, pattern: '^+PONG' }, definition: withCheck(exchange('^+PONG')), mended: null },
  { code: 'patternInvalid', path: [...atCheck, 'probe'], params: { service: 'web', check: 1, pattern: '(' },
    definition: withCheck(http({ body: { kind: 'pattern', pattern: '(' } })), mended: null },
  { code: 'headHasNoBody', path: [...atCheck, 'probe', 'body'], params: { service: 'web', check: 1 },
    definition: withCheck(http({ method: 'HEAD', body: { kind: 'text', text: 'ok' } })), mended: withCheck(http({ body: { kind: 'text', text: 'ok' } })) },
  { code: 'udpCheckedByTcp', path: [...atCheck, 'probe'], params: { service: 'web', check: 1 }, definition: withCheck(tcp, {}, udp), mended: null },
  { code: 'quorumAboveRealServers', path: [...atHealth, 'quorum', 'up'], params: { service: 'web', quorum: 3, count: 2 },
    definition: withHealth({ quorum: { up: 3, hysteresis: 1 } }), mended: withHealth({ quorum: { up: 2, hysteresis: 0 } }) },
  { code: 'hysteresisAboveRealServers', path: [...atHealth, 'quorum', 'hysteresis'], params: { service: 'web', quorum: 1, hysteresis: 2, count: 2 },
    definition: withHealth({ quorum: { up: 1, hysteresis: 2 } }), mended: withHealth({ quorum: { up: 1, hysteresis: 1 } }) },
  { code: 'sorryWithoutServer', path: [...atHealth, 'belowQuorum'], params: { service: 'web' }, definition: withHealth({ belowQuorum: 'sorry' }), mended: null },
  { code: 'sorryNeverUsed', path: [...atHealth, 'sorry'], params: { service: 'web', sorry: '192.168.8.99:80' },
    definition: withHealth({ sorry }), mended: withHealth({ sorry, belowQuorum: 'sorry' }) },
  { code: 'sorryIsRealServer', path: [...atHealth, 'sorry', 'rip'], params: { service: 'web', sorry: '192.168.8.30:8080', other: 'rs-30' },
    definition: withHealth({ sorry: { ...sorry, rip: '192.168.8.30', port: 8080 }, belowQuorum: 'sorry' }), mended: null },
  { code: 'slowStartHasNoSteps', path: [...atHealth, 'slowStartSeconds'], params: { service: 'web', scheduler: 'rr', weights: 'ignored' },
    definition: withHealth({ slowStartSeconds: 30 }, { scheduler: { name: 'rr' } }), mended: withHealth({}, { scheduler: { name: 'rr' } }) },
  { code: 'slowStartHasNoSteps', path: [...atHealth, 'slowStartSeconds'], params: { service: 'web', scheduler: 'wrr', weights: 'ones' },
    definition: withHealth({ slowStartSeconds: 30 }, wrr), mended: withHealth({}, wrr) },
  { code: 'downKeepsClients', path: [...atHealth, 'whenDown'], params: { service: 'web', seconds: 300 },
    definition: withHealth({}, { persistence: sticky }), mended: withHealth({ whenDown: 'remove' }, { persistence: sticky }) },
  { code: 'manyTries', path: ['services'], params: { tries: 1_005 }, definition: many(200), mended: null },
];

const clean: readonly Clean[] = [
  ['a service that asks nothing', withService({})],
  ['a path check by DR', withCheck(path, {}, { realServers: both(dr, 80) })],
  ['a check with a port of its own where packets keep theirs', withHealth({ checks: checks([tcp], { port: 80 }), whenDown: 'remove' }, { match: address({ port: 0 }), persistence: sticky, realServers: both({ kind: 'nat' }, 0) })],
  ['ICMP without any port', withHealth({ checks: checks([{ type: 'icmp' }]), whenDown: 'remove' }, { match: address({ port: 0 }), persistence: sticky, realServers: both({ kind: 'nat' }, 0) })],
  ['a timeout as long as the interval', withCheck(tcp, { timeoutMs: 2_000, changingIntervalMs: 2_000 })],
  ['a pattern in letters of any script', withCheck(exchange('^\\p{L}+$'))],
  ['HEAD without a body', withCheck(http({ method: 'HEAD' }))],
  ['a UDP service that is asked by DNS as well', withHealth({ checks: checks([tcp, { type: 'dns', transport: 'udp', name: 'example.org', record: 'A', answer: null }]) }, udp)],
  ['a quorum of all', withHealth({ quorum: { up: 2, hysteresis: 0 } })],
  ['a sorry server at another port of a real server\'s host', withHealth({ sorry: { ...sorry, rip: '192.168.8.30' }, belowQuorum: 'sorry' })],
  ['slow start by weights', withHealth({ slowStartSeconds: 30 }, { ...wrr, realServers: weights })],
  ['slow start by thresholds, to which weights are nothing', withHealth({ slowStartSeconds: 30 }, { scheduler: { name: 'lc' } })],
  ['a thousand tries a second', many(201)],
];

describe('rules about health', () => {
  checkRules(healthRules, broken, clean);

  it('count what several services ask alike once', () => {
    const [web] = many(300).services;
    if (web === undefined) throw new Error('one service');
    const services = [web, ...[81, 82].map((port) => ({ ...web, id: `s-${port}`, name: `s-${port}`, match: address({ port }) }))];
    expect(lint(cluster({ services }))).toEqual([]);
  });

  it('find two checks of one id, and a sorry server with the id of a real server', () => {
    const [check] = checks([tcp]);
    const definition = withHealth({ checks: check === undefined ? [] : [check, check], sorry: { ...sorry, id: 'rs-30' }, belowQuorum: 'sorry' });
    expect(lint(definition).map(({ code, path: at }) => [code, at.join(' ')])).toEqual([['duplicateId', 'services 0 health checks 1 id'], ['duplicateId', 'services 0 health sorry id']]);
  });
});

describe('rules about real servers', () => {
  it.each<[code: string, field: string, changes: Partial<NonNullable<ServiceHealth['sorry']>>]>([
    ['realServerIsVip', 'rip', { rip: vip }], ['familyNeedsTunnel', 'rip', { rip: 'fd00::99' }], ['portNotTranslated', 'port', { method: dr, port: 8080 }], ['notUnicast', 'rip', { rip: '224.0.0.1' }],
  ])('look at the sorry server too: %s', (code, field, changes) => {
    const definition = cluster({ services: [service('web'), service('sorry', { match: address({ port: 443 }), health: health({ sorry: { ...sorry, ...changes }, belowQuorum: 'sorry' }) })] });
    expect(lint(definition).map((finding) => [finding.code, finding.path])).toEqual([[code, ['services', 1, 'health', 'sorry', field]]]);
  });
});
