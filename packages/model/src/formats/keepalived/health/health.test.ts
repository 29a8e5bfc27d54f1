// What keepalived asks of real servers, and what comes of it: read, and written again.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterDefinition } from '../../../definition/definition.ts';
import type { VirtualService } from '../../../definition/definition.ts';
import { ServiceHealth } from '../../../definition/health/service-health.ts';
import { cluster, realServer, service } from '../../../testing/definitions/cluster.ts';
import { exportDefinition, importDefinition } from '../../index.ts';
import type { Imported } from '../../index.ts';

function read(lines: readonly string[]): Imported {
  return importDefinition('keepalived', [{ name: 'keepalived.conf', text: lines.join('\n') }], { configId: null, protocol: null });
}

/** One service with a real server for each list of lines. */
function config(server: readonly string[], ...realServers: readonly (readonly string[])[]): string[] {
  return [
    'virtual_server 10.0.0.1 80 {', 'lvs_method NAT', 'protocol TCP', ...server,
    ...realServers.flatMap((lines, n) => [`real_server 10.9.0.${n + 10} 80 {`, ...lines, '}']), '}',
  ];
}

const healthOf = (imported: Imported): VirtualService['health'] => imported.definition.services[0]?.health;
/** The notes of what was not taken as it stands. */
const notes = ({ report }: Imported): string[] => report.flatMap((line) => line.notes.map(({ code }) => `${line.line} ${line.outcome} ${code}`));
const probeOf = (...block: string[]): unknown => healthOf(read(config([], block)))?.checks.map(({ probe }) => probe);
const http = { type: 'http', method: 'GET', path: '/', host: null, headers: [], statuses: [{ from: 200, to: 299 }], body: null, tls: null };
const tcp = ['TCP_CHECK {', '}'];
const at = (port: number): string[] => ['TCP_CHECK {', `connect_port ${port}`, '}'];

describe('a check of keepalived', () => {
  it('has keepalived\'s times where it says none', () => {
    expect(healthOf(read(config([], tcp)))).toEqual({
      checks: [{ id: 's1-c1', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 60_000, changingIntervalMs: 1_000, timeoutMs: 5_000, rise: 1, fall: 2 }],
      first: 'up', whenDown: 'remove', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 }, belowQuorum: 'goOn', sorry: null, flapping: null,
    });
  });

  it('says its times itself, or its real server does, or the service', () => {
    const [check] = healthOf(read(config(['delay_loop 9', 'retry 5', 'connect_timeout 4'], ['delay_loop 6', 'TCP_CHECK {', 'connect_timeout 1.5', 'retry 2', 'delay_before_retry 2', 'connect_port 8081', 'bindto 10.9.0.1', '}'])))?.checks ?? [];
    expect(check).toMatchObject({ intervalMs: 6_000, timeoutMs: 1_500, fall: 3, changingIntervalMs: 2_000, port: 8_081, source: '10.9.0.1' });
  });

  it.each<[what: string, block: string[], probes: unknown[]]>([
    ['HTTP_GET', ['HTTP_GET {', 'url {', 'path /', '}', '}'], [http]],
    ['HTTP_GET with statuses, text and host', ['HTTP_GET {', 'virtualhost shop.example', 'url {', 'path /up?x=1', 'status_code 200 301-302', 'regex ^ok$', '}', '}'],
      [{ ...http, path: '/up?x=1', host: 'shop.example', statuses: [{ from: 200, to: 200 }, { from: 301, to: 302 }], body: { kind: 'pattern', pattern: '^ok$' } }]],
    ['HTTP_GET of two paths', ['HTTP_GET {', 'url {', 'path /a', '}', 'url {', 'path /b', 'virtualhost b.example', '}', '}'], [{ ...http, path: '/a' }, { ...http, path: '/b', host: 'b.example' }]],
    ['SSL_GET', ['SSL_GET {', 'enable_sni', 'virtualhost shop.example', 'url {', 'path /', '}', '}'],
      [{ ...http, host: 'shop.example', tls: { name: 'shop.example', verify: false, endsAfterDays: null, clientCertificate: null } }]],
    ['DNS_CHECK', ['DNS_CHECK {', 'type a', 'name example.org', '}'], [{ type: 'dns', transport: 'udp', name: 'example.org', record: 'A', answer: null }]],
    ['DNS_CHECK without a name', ['DNS_CHECK {', '}'], [{ type: 'dns', transport: 'udp', name: '.', record: 'SOA', answer: null }]],
    ['PING_CHECK', ['PING_CHECK {', '}'], [{ type: 'icmp' }]],
    ['MISC_CHECK', ['MISC_CHECK {', 'misc_path "/usr/lib/checks/disk.sh -w 90"', 'misc_timeout 3', '}'], [{ type: 'script', file: 'disk.sh', arguments: ['-w', '90'] }]],
  ])('is read: %s', (_, block, probes) => expect(probeOf(...block)).toEqual(probes));

  it.each<[what: string, lines: string[], note: string]>([
    ['with a second setting on the line of a first', ['TCP_CHECK {', 'connect_timeout 2 retry 2', '}'], '6 approximated extraWords'],
    ['with statuses on the line of its path', ['HTTP_GET { url { path / status_code 200 } }'], '5 approximated extraWords'],
    ['whose real server says two settings on one line', ['delay_loop 6 retry 5', 'TCP_CHECK {', '}'], '5 approximated extraWords'],
    ['of a kind that Weir has not', ['SMTP_CHECK {', 'helo_name x', '}'], '5 leftOut healthCheck'],
    ['of a record that Weir does not ask for', ['DNS_CHECK {', 'type ANY', '}'], '5 leftOut checkNotSayable'],
    ['of a script without a name', ['MISC_CHECK {', '}'], '5 leftOut checkNotSayable'],
    ['of a sum of the body', ['HTTP_GET {', 'url {', 'path /', 'digest 9b3a0c85a887a256d6939da88aabd8cd', '}', '}'], '8 leftOut healthSetting'],
    ['of a pattern that is none', ['HTTP_GET {', 'url {', 'path /', 'regex (', '}', '}'], '8 leftOut healthSetting'],
    ['of another address', ['TCP_CHECK {', 'connect_ip 10.9.9.9', '}'], '6 leftOut healthSetting'],
    ['of a port that is none', ['TCP_CHECK {', 'connect_port http', '}'], '6 leftOut notAPort'],
    ['of a source that is none', ['TCP_CHECK {', 'bindto eth0', '}'], '6 leftOut notAnAddress'],
    ['of a time that does not fit', ['TCP_CHECK {', 'connect_timeout 500', '}'], '6 approximated valueTaken'],
    ['of a script by its path', ['MISC_CHECK {', 'misc_path /opt/x', '}'], '6 approximated scriptByName'],
  ])('is named where it cannot be said: %s', (_, lines, note) => expect(notes(read(config([], lines)))).toContain(note));

  it('is one, where each real server names its own port', () => {
    const lines = config([], at(80), at(81)).map((line) => line.replace('10.9.0.11 80', '10.9.0.11 81'));
    expect(healthOf(read(lines))?.checks.map(({ port }) => port)).toEqual([null]);
    expect(notes(read(lines))).toEqual([]);
  });

  it('is asked of all as of most, and what differs is named', () => {
    const imported = read(config([], tcp, ['PING_CHECK {', '}'], ['PING_CHECK {', '}'], ['weight 1']));
    expect(healthOf(imported)?.checks.map(({ probe }) => probe.type)).toEqual(['icmp']);
    expect(notes(imported)).toEqual(['5 approximated checkOfOthers', '16 approximated checkedAsOthers']);
  });
});

describe('what keepalived does with an answer', () => {
  it.each<[what: string, server: string[], realServer: string[], health: Partial<ServiceHealth>]>([
    ['takes a real server out', [], [], { whenDown: 'remove' }],
    ['or gives it weight 0', [], ['inhibit_on_failure'], { whenDown: 'weightZero' }],
    ['or so says the service', ['inhibit_on_failure'], [], { whenDown: 'weightZero' }],
    ['counts it as down before the first answer', ['alpha'], [], { first: 'down' }],
    ['counts weight for its quorum', ['quorum 4'], ['weight 2'], { quorum: { up: 2, hysteresis: 0 } }],
    ['with a hysteresis to both sides', ['quorum 2', 'hysteresis 1'], [], { quorum: { up: 1, hysteresis: 1 } }],
    ['reduces a quorum that is too high', ['quorum 40'], [], { quorum: { up: 2, hysteresis: 0 } }],
    ['has a sorry server', ['sorry_server 10.9.0.99 8080'], [], {
      belowQuorum: 'sorry', sorry: { id: 's1-sorry', name: 'sorry server', rip: '10.9.0.99', port: 8080, method: { kind: 'nat' } },
    }],
  ])('%s', (_, server, lines, health) => expect(healthOf(read(config(server, [...lines, ...tcp], [...lines, ...tcp])))).toMatchObject(health));

  it('is approximated where weights differ, so that nobody is sent away too early', () => {
    const imported = read(config(['quorum 5'], ['weight 1', ...tcp], ['weight 9', ...tcp]));
    expect(healthOf(imported)?.quorum).toEqual({ up: 1, hysteresis: 0 });
    expect(notes(imported)).toEqual(['4 approximated quorumByCount']);
  });

  it('is nothing where nothing is asked', () => {
    const imported = read(config(['quorum 2', 'sorry_server 10.9.0.99 80', 'delay_loop 5'], ['inhibit_on_failure']));
    expect(healthOf(imported)).toBeUndefined();
    expect(notes(imported)).toEqual(['4 leftOut settingWithoutCheck', '5 leftOut sorryWithoutCheck', '6 leftOut settingWithoutCheck', '8 leftOut settingWithoutCheck']);
  });

  it.each([['hysteresis 2', 'hysteresisNotBelowQuorum'], ['hysteresis -1', 'hysteresisNotBelowQuorum'], ['quorum 0', 'healthSetting'], ['sorry_server web 80', 'notAnAddress']])(
    'is named where keepalived refuses it: %s', (line, code) => expect(notes(read(config([line], tcp)))).toEqual([`4 leftOut ${code}`]));
});

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const probe = fc.constantFrom<unknown>(
  { type: 'tcp' }, { type: 'icmp' }, { type: 'dns', transport: 'udp', name: 'example.org', record: 'MX', answer: null },
  { ...http, body: { kind: 'pattern', pattern: 'ok|fine' }, statuses: [{ from: 200, to: 204 }, { from: 301, to: 301 }] },
  { ...http, host: 'a.example', tls: { name: 'a.example', verify: false, endsAfterDays: null, clientCertificate: null } },
  // What keepalived has no words for.
  { type: 'path' }, { type: 'agent', path: null }, { ...http, method: 'HEAD' }, { type: 'script', file: 'x', arguments: [] },
);
const check = fc.record({
  probe, port: oneOf(null, 8_081), source: oneOf(null, '10.9.0.1'), intervalMs: oneOf(1_500, 60_000), changingIntervalMs: oneOf(null, 500), timeoutMs: oneOf(250, 5_000), rise: oneOf(1, 1, 1, 2),
  fall: oneOf(1, 2, 4),
});
const isIcmp = (one: unknown): boolean => typeof one === 'object' && one !== null && 'type' in one && one.type === 'icmp';
const anyHealth = fc.record({
  checks: fc.array(check, { minLength: 1, maxLength: 3 }).map((checks) => checks.map((one, n) => ({ ...one, port: isIcmp(one.probe) ? null : one.port, id: `s1-c${n + 1}` }))), first: oneOf('up', 'down'), whenDown: oneOf('weightZero', 'remove'),
  slowStartSeconds: oneOf(0, 0, 0, 30), quorum: fc.record({ up: oneOf(1, 2), hysteresis: oneOf(0, 1, 2) }), belowQuorum: oneOf('goOn', 'sorry', 'failOpen'), flapping: fc.constant(null),
}).map((made) => ServiceHealth.parse({
  ...made, sorry: made.belowQuorum === 'sorry' ? { id: 's1-sorry', name: 'sorry server', rip: '10.9.0.99', port: 80, method: { kind: 'nat' } } : null,
}));

const withHealth = (health: ServiceHealth): ClusterDefinition => (
  cluster({ services: [service('web', { health, realServers: [1, 2, 3, 4].map((n) => realServer(`r${n}`, { rip: `10.9.0.${n}`, weight: 3 })) })] }));

describe('health in keepalived\'s words', () => {
  it('comes back as it was, or is named as missing', () => {
    fc.assert(fc.property(anyHealth, (health) => {
      const { text, unsaid } = exportDefinition('keepalived', withHealth(health));
      const imported = read(text.split('\n'));
      expect(imported.report.filter(({ outcome }) => outcome !== 'understood')).toEqual([]);
      const named = unsaid.some(({ code, path }) => code === 'health' && path[1] === 0);
      expect(named ? health : healthOf(imported)).toEqual(health);
    }), { numRuns: 300 });
  });

  it('is written the same again', () => {
    fc.assert(fc.property(anyHealth, (health) => {
      const { text } = exportDefinition('keepalived', withHealth(health));
      expect(exportDefinition('keepalived', read(text.split('\n')).definition).text.replaceAll(/ +snmp_name.*\n/g, '')).toBe(text.replaceAll(/ +snmp_name.*\n/g, ''));
    }));
  });

  it('is a definition, and comes back whole as YAML', () => {
    fc.assert(fc.property(anyHealth, (health) => {
      const before = withHealth(health);
      expect(importDefinition('yaml', [{ name: 'f', text: exportDefinition('yaml', before).text }], { configId: null, protocol: null }).definition).toEqual(ClusterDefinition.parse(before));
    }));
  });
});
