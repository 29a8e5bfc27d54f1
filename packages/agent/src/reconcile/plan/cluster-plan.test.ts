import { Capabilities, effective } from '@weir/model';
import type { ActualTable, ClusterDefinition } from '@weir/model';
import { expect, it } from 'vitest';
import type { HeldCluster } from '../../disk/data-folder.ts';
import { cluster } from '../../testing/cluster.ts';
import { DIRECTOR } from '../../testing/test-panel.ts';
import { planCluster } from './cluster-plan.ts';
import type { ClusterPlan } from './cluster-plan.ts';

const can = Capabilities.parse({
  driver: 'proxy', families: ['ipv4', 'ipv6'], protocols: ['tcp'], marks: false, schedulers: ['wrr'], persistence: false, persistenceEngines: [], onePacket: false,
  methods: ['proxied'], tunnels: [], thresholds: false, unsure: [], removal: 'reset', outlivesAgent: false, countersRefreshMs: 0, byteKind: 'payloadBytes',
});

function revision(definition: ClusterDefinition): HeldCluster {
  return { clusterId: 'web', revision: 1, digest: '0'.repeat(64), acceptedAtMs: 0, directorId: DIRECTOR, definition };
}

/** The plan of a first apply, where the forwarder has these services already and Weir did not make them. */
function planBeside(foreign: ClusterDefinition, definition: ClusterDefinition): ClusterPlan {
  const actual: ActualTable = {
    others: [],
    services: effective({ directorId: DIRECTOR, accepted: [revision(foreign)], overrides: [], nowMs: 0 }).services
      .map((service) => ({ ...service, foreign: true, realServers: [] })),
  };
  return planCluster({ clusterId: 'web', revision: 1, definition }, {
    before: { accepted: [], overrides: [], health: [] }, after: { accepted: [revision(definition)], overrides: [], health: [] }, reading: { actual, host: null, readAtMs: 0 }, can, asks: { probes: [], scripts: [] }, bases: [],
  });
}

it('takes over what others made of a service that is wanted, and only then changes it', () => {
  const definition = cluster();
  const { operations, output } = planBeside(definition, definition);
  expect(operations.map(({ kind }) => kind)).toEqual(['adoptService', 'addRealServer', 'addRealServer']);
  expect(operations[0]).toMatchObject({ found: { realServers: [] } });
  expect(output.findings).toEqual([]);
});

it('is not held up by foreign services at other addresses, nor by those of a director that is not in the cluster', () => {
  const definition = cluster();
  expect(planBeside(cluster(), definition).output.findings).toEqual([]);
  const elsewhere = { ...definition, directors: [{ directorId: 'other', dip: { ipv4: null, ipv6: null } }], vips: definition.vips.map((vip) => ({ ...vip, holder: 'other' })) };
  expect(planBeside(definition, elsewhere).output.findings).toEqual([]);
});
