// What kernel settings mean for the clusters of a director.
import { describe, expect, it } from 'vitest';
import type { ClusterDefinition } from '../definition/definition.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { adviceOn } from './advice.ts';
import type { KernelState } from './kernel-state.ts';
import { defaultOf, isDefending, knownSettings, sameSetting } from './known-settings.ts';

const persistence = { timeoutSeconds: 360, prefixLength: 32, engine: null };
const lb2 = { directorId: 'lb-2', dip: { ipv4: '192.168.8.11', ipv6: null } };
const daemon = (role: 'master' | 'backup'): KernelState['daemons'][number] => (
  { role, interface: 'eth0', syncId: 7, group: '224.0.0.81', port: 8_848, ttl: 1, longestMessageBytes: 1_472 });

function codes(name: string, value: string | null, definition: ClusterDefinition, daemons: KernelState['daemons'] = []): string[] {
  return adviceOn(name, value, { directorId: 'lb-1', definitions: [definition], daemons }).map(({ code }) => code);
}

describe('advice', () => {
  const nat = cluster();
  const hashed = cluster({ directors: [...nat.directors, lb2], services: [service('web', { scheduler: { name: 'sh', fallback: false, port: false } })] });
  const tunnelled = cluster({ services: [service('web', { realServers: [realServer('rs', { port: 80, method: { kind: 'tun', tunnel: { type: 'ipip' } } })] })] });

  it.each<[string, string, ClusterDefinition, KernelState['daemons'], string[]]>([
    ['expire_nodest_conn', '0', nat, [], ['stallsRemoved']],
    ['expire_nodest_conn', '1', nat, [], []],
    ['expire_quiescent_template', '0', nat, [], []],
    ['expire_quiescent_template', '0', cluster({ services: [service('web', { persistence })] }), [], ['templatesOutlastQuiesce']],
    ['conn_reuse_mode', '0', nat, [], ['reusedPortSticks']],
    ['conn_reuse_mode', '1', nat, [], []],
    ['conntrack', '0', nat, [], ['masqueradeIgnored']],
    ['conntrack', '0', tunnelled, [], []],
    ['pmtu_disc', '0', tunnelled, [], ['fragments']],
    ['run_estimation', '0', nat, [], ['statisticsFrozen']],
    ['sloppy_tcp', '0', hashed, [], ['failoverResets']],
    ['sloppy_tcp', '0', hashed, [daemon('master')], []],
    ['sloppy_tcp', '0', { ...hashed, directors: nat.directors }, [], []],
    ['sloppy_tcp', '1', hashed, [], []],
    ['sloppy_tcp', '1', nat, [], ['sloppyWithoutHash']],
    ['backup_only', '0', tunnelled, [daemon('backup')], ['backupSchedules']],
    ['backup_only', '0', tunnelled, [], []],
    ['backup_only', '1', nat, [daemon('backup')], ['backupForwardsNothing']],
    ['backup_only', '1', cluster({ vips: [{ address: '192.168.8.200', holder: 'lb-2' }] }), [daemon('backup')], []],
    ['sync_threshold', '3 50', nat, [daemon('master')], []],
    ['sync_threshold', '8 50', nat, [daemon('master')], ['syncsLate']],
    ['sync_threshold', '8 50', nat, [], []],
    ['drop_entry', '3', nat, [], ['dropsAlways']],
    ['drop_entry', '2', nat, [], []],
  ])('on %s = %s', (name, value, definition, daemons, wanted) => expect(codes(name, value, definition, daemons)).toEqual(wanted));

  it('names the services that it is about', () => {
    const definitions = [cluster({ services: [service('web', { persistence }), service('mail'), service('chat', { persistence })] })];
    expect(adviceOn('expire_quiescent_template', '0', { directorId: 'lb-1', definitions, daemons: [] })).toEqual([{ code: 'templatesOutlastQuiesce', severity: 'warning', services: ['web', 'chat'] }]);
  });

  it('is none on a director without clusters, but what concerns everything', () => {
    const none = { directorId: 'lb-1', definitions: [], daemons: [] };
    expect(knownSettings.flatMap((name) => adviceOn(name, defaultOf(name), none))).toEqual([]);
    expect(adviceOn('run_estimation', '0', none)).toEqual([{ code: 'statisticsFrozen', severity: 'error', services: [] }]);
  });

  it('is none on what Weir does not know, and on what cannot be read', () => {
    for (const name of ['svc_lfactor', 'constructor', '__proto__', '']) expect(codes(name, '0', nat)).toEqual([]);
    expect(codes('conn_reuse_mode', null, nat)).toEqual([]);
    expect(codes('sync_threshold', 'x', nat, [daemon('master')])).toEqual([]);
  });
});

it('what the kernel changes by itself is no difference', () => {
  expect(sameSetting('drop_entry', '1', '2')).toBe(true);
  expect(sameSetting('secure_tcp', '2', '1')).toBe(true);
  expect(sameSetting('drop_packet', '0', '2')).toBe(false);
  expect(sameSetting('drop_packet', '3', '2')).toBe(false);
  expect(sameSetting('conn_reuse_mode', '1', '2')).toBe(false);
  expect([isDefending('drop_entry', '2'), isDefending('drop_entry', '1'), isDefending('conn_reuse_mode', '2')]).toEqual([true, false, false]);
});
