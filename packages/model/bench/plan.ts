// Prints what planning, checking and comparing cost at the size of a large real installation: `npx tsx packages/model/bench/plan.ts`.
import type { ClusterDefinition, Override, RealServer, VirtualService } from '../src/index.ts';
import {
  ClusterDefinition as Definition, costsOf, effective, ipvsadmCommand, lint, plan, planDigest,
} from '../src/index.ts';
import type { ForwardingTable, PresentTable } from '../src/index.ts';

/** keepalived issue 2318. */
const SERVICES = 2_277;
const REAL_SERVERS = 37_205;
const ROUNDS = 9;

const address = (net: number, n: number): string => `10.${net + Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`;

function realServer(service: number, n: number): RealServer {
  const first = Math.floor((service * REAL_SERVERS) / SERVICES);
  return {
    id: `rs-${n}`, name: `web ${n}`, rip: address(128, first + n), port: 8080, weight: 1 + (n % 100),
    method: n % 3 === 0 ? { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'csum' } } : { kind: 'nat' },
    thresholds: { upper: 1_000, lower: 800 },
  };
}

function virtualService(n: number): VirtualService {
  const count = Math.floor(((n + 1) * REAL_SERVERS) / SERVICES) - Math.floor((n * REAL_SERVERS) / SERVICES);
  return {
    id: `service-${n}`, name: `service ${n}`, match: { kind: 'address', protocol: 'tcp', vip: address(0, n), port: 8080 },
    scheduler: { name: 'mh', fallback: true, port: false }, persistence: { timeoutSeconds: 300, prefixLength: 24, engine: null },
    onePacket: false, realServers: Array.from({ length: count }, (_, r) => realServer(n, r)),
  };
}

const definition: ClusterDefinition = {
  schema: 1, name: 'large', directors: [{ directorId: 'lb-1', dip: { ipv4: '192.168.0.10', ipv6: null } }],
  vips: Array.from({ length: SERVICES }, (_, n) => ({ address: address(0, n), holder: 'lb-1' })),
  services: Array.from({ length: SERVICES }, (_, n) => virtualService(n)),
};

/** One for each real server, and 1,000 more for one of them. */
const overrides: Override[] = [
  ...definition.services.flatMap((one) => one.realServers.map((target) => ({ serviceId: one.id, realServerId: target.id }))),
  ...Array.from({ length: 1_000 }, () => ({ serviceId: 'service-0', realServerId: 'rs-0' })),
].map((target, n) => ({
  id: `o-${n}`, target: { clusterId: 'c', ...target }, cause: 'manual', effect: { kind: 'weight', weight: 5 },
  author: 'bench', reason: '', startsAtMs: 0, endsAtMs: null,
}));

const effectiveWith = (given: readonly Override[]): ForwardingTable => (
  effective({ directorId: 'lb-1', accepted: [{ clusterId: 'c', revision: 1, definition }], overrides: given, nowMs: 1 }));

function actualOf(table: ForwardingTable): PresentTable {
  return {
    services: structuredClone(table.services).map((one) => ({
      ...one, foreign: false,
      realServers: one.realServers.map((rule) => ({ ...rule, connections: { active: 3, inactive: 5, persistent: 0 } })),
    })),
  };
}

const wanted = effectiveWith([]);
const same = actualOf(wanted);
const none: PresentTable = { services: [] };
const nothing: ForwardingTable = { services: [] };
const otherWeight = actualOf(wanted);
const changed = otherWeight.services[SERVICES - 1]?.realServers[0];
if (changed !== undefined) changed.settings.weight = 77;
const cold = plan(wanted, none);
const everyWeight = plan(effectiveWith(overrides), same);

/** Another weight in the last service; the others are the same objects. */
function edited(): ClusterDefinition {
  const services = definition.services.map((one, n) => (n < SERVICES - 1 ? one : { ...one, realServers: one.realServers.map((each) => ({ ...each, weight: 3 })) }));
  return { ...definition, services };
}

const cases: Record<string, () => number> = {
  'plan of equal tables': () => plan(wanted, same).length,
  'plan of one weight change': () => plan(wanted, otherWeight).length,
  'plan of every weight changed': () => plan(effectiveWith(overrides), same).length,
  'cold plan (nothing forwarded yet)': () => plan(wanted, none).length,
  'plan that takes everything away': () => plan(nothing, same).length,
  'costs of every weight changed': () => costsOf(everyWeight, same, { removal: 'stall' }).length,
  'ipvsadm commands of the cold plan': () => cold.filter((operation) => ipvsadmCommand(operation) !== null).length,
  'digest of the cold plan': () => planDigest(cold).length,
  effective: () => effectiveWith([]).services.length,
  'effective with 38,205 overrides': () => effectiveWith(overrides).services.length,
  'lint of a definition not seen before': () => lint({ ...definition, services: definition.services.map((one) => ({ ...one })) }).length,
  'lint after an edit of one service': () => lint(edited()).length,
  'parse of the definition': () => Definition.parse(definition).services.length,
};

interface Cost { readonly wallMs: number; readonly cpuMs: number }

function measure(run: () => number): Cost {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  run();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const row = (cells: readonly (string | number)[]): string => cells
  .map((cell, n) => (n === 0 ? String(cell).padEnd(36) : (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(12))).join('');

console.log(`${SERVICES} services, ${REAL_SERVERS} real servers; ms; median of ${ROUNDS} rounds after the first\n`);
console.log(row(['', 'first wall', 'wall', 'CPU', 'results']));
for (const [name, run] of Object.entries(cases)) {
  const results = run();
  const first = measure(run);
  const rounds = Array.from({ length: ROUNDS }, () => measure(run));
  console.log(row([name, first.wallMs, median(rounds.map(({ wallMs }) => wallMs)), median(rounds.map(({ cpuMs }) => cpuMs)), String(results)]));
}
