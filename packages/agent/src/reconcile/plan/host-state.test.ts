import type { HostReading } from '@weir/model';
import { HostState } from '@weir/protocol';
import { expect, it } from 'vitest';
import type { HeldCluster } from '../../disk/data-folder.ts';
import { cluster } from '../../testing/cluster.ts';
import { DIRECTOR } from '../../testing/test-panel.ts';
import { hostStateOf } from './host-state.ts';

const PER_CLUSTER = 3_400;
const MOST_ON_AN_INTERFACE = 10_000;

const addressIn = (net: number, index: number): string => `10.${net}.${index >> 8}.${index & 0xff}`;

/** Its VIPs are the operator's to put on. */
function held(net: number): HeldCluster {
  const vips = Array.from({ length: PER_CLUSTER }, (_, index) => ({ address: addressIn(net, index), holder: DIRECTOR }));
  const definition = cluster();
  const directors = definition.directors.map((director) => ({ ...director, host: { vips: 'operator' as const } }));
  return { clusterId: `c${net}`, revision: 1, digest: '0'.repeat(64), acceptedAtMs: 0, directorId: DIRECTOR, definition: { ...definition, directors, vips, services: [] } };
}

function reading(addresses: readonly string[]): HostReading {
  const groups = Array.from({ length: Math.ceil(addresses.length / MOST_ON_AN_INTERFACE) }, (_, at) => addresses.slice(at * MOST_ON_AN_INTERFACE, (at + 1) * MOST_ON_AN_INTERFACE));
  return {
    interfaces: groups.map((group, at) => ({
      name: `eth${at}`, up: true, loopback: false, addresses: group.map((address) => ({ address, prefixLength: 32, byWeir: true })),
    })),
    settings: [], contested: [], marks: null, learntDefault: null, defaultInterface: { ipv4: null, ipv6: null },
  };
}

it('tells of a host what fits into its bounds, and how much does not', () => {
  const left = Array.from({ length: 10_200 }, (_, index) => addressIn(9, index));
  const state = hostStateOf({ accepted: [1, 2, 3].map(held), overrides: [], health: [] }, reading(left));
  expect(HostState.safeParse(state).success).toBe(true);
  // All that is there is Weir's and of no cluster any more, and all that should be there is missing.
  expect([state.vips.length, state.findings.length, state.leftOut]).toEqual([10_000, 10_000, { vips: 200, findings: 200 }]);
});

it('leaves out nothing of a usual one', () => {
  const { vips, leftOut } = hostStateOf({ accepted: [held(1)], overrides: [], health: [] }, reading(['10.1.0.1']));
  expect([vips, leftOut]).toEqual([[{ address: '10.1.0.1', interface: 'eth0', byWeir: true }], { vips: 0, findings: 0 }]);
});
