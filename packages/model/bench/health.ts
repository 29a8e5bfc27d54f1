// Prints what deciding on health costs at the size of a large real installation: `npx tsx packages/model/bench/health.ts`.
import type { ClusterDefinition, ProbeTarget, ServiceHealth, TryResult } from '../src/index.ts';
import { DirectorHealth, lint, overridesOf } from '../src/index.ts';

/** keepalived issue 2318. */
const SERVICES = 2_277;
const PER_SERVICE = 16;
/** Tries that an agent hears between two turns, at 1,000 a second. */
const BATCH = 50;
const BATCHES = 400;

const address = (net: number, n: number): string => `10.${net + Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`;

const health: ServiceHealth = {
  checks: [{ id: 'c', probe: { type: 'tcp' }, port: null, source: null, intervalMs: 36_000, changingIntervalMs: 2_000, timeoutMs: 2_000, rise: 2, fall: 3 }],
  first: 'up', whenDown: 'weightZero', slowStartSeconds: 60, quorum: { up: 2, hysteresis: 1 }, belowQuorum: 'failOpen', sorry: null,
  flapping: { changes: 4, withinSeconds: 300, holdSeconds: 60 },
};

const definition: ClusterDefinition = {
  schema: 1, name: 'large', directors: [{ directorId: 'lb-1', dip: { ipv4: '192.168.0.10', ipv6: null } }],
  vips: Array.from({ length: SERVICES }, (_, n) => ({ address: address(0, n), holder: 'lb-1' })),
  services: Array.from({ length: SERVICES }, (_s, s) => ({
    id: `s-${s}`, name: `service ${s}`, match: { kind: 'address', protocol: 'tcp', vip: address(0, s), port: 80 }, scheduler: { name: 'wlc' }, persistence: null, onePacket: false, health,
    realServers: Array.from({ length: PER_SERVICE }, (_r, r) => ({
      id: `r-${r}`, name: `web ${r}`, rip: address(128, s * PER_SERVICE + r), port: 80, weight: 10, method: { kind: 'nat' as const }, thresholds: { upper: 0, lower: 0 },
    })),
  })),
};

const good: TryResult = { kind: 'good', weightPercent: null };
const silent: TryResult = { kind: 'failed', failure: 'timeout', detail: null };
const rows: { what: string; cpuMs: string }[] = [];

function timed<T>(what: string, run: () => T, divisor = 1): T {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  rows.push({ what, cpuMs: ((user + system) / 1_000 / divisor).toFixed(2) });
  return result;
}

const engine = new DirectorHealth();
let nowMs = 1_000_000;
const turn = (): number => engine.turn({ overrides: [], connectionsOf: () => 100, thresholds: true, nowMs }).length;

function hear(targets: readonly ProbeTarget[], result: TryResult, batch = BATCH): void {
  for (const [n, target] of targets.entries()) {
    engine.heard(target, { startedAtMs: nowMs - 1, heardAtMs: nowMs, result });
    if (n % batch !== batch - 1) continue;
    nowMs += batch;
    turn();
  }
}

timed('lint', () => lint(definition));
const targets = timed('accept: what is asked', () => engine.accept('lb-1', [{ clusterId: 'c', revision: 1, definition }], nowMs));
timed('the first turn', turn);
for (let round = 0; round < 2; round += 1) hear(targets, good);
timed('1,000 good tries, where all is well', () => hear(targets.slice(0, BATCH * BATCHES), good), BATCH * BATCHES / 1_000);
timed('1,000 tries of which every tenth finds a host silent', () => {
  for (let at = 0; at < BATCH * BATCHES; at += BATCH) {
    const batch = targets.slice(at, at + BATCH);
    hear(batch.filter((_, n) => n % 10 !== 0), good);
    hear(batch.filter((_, n) => n % 10 === 0), silent);
    nowMs += BATCH;
    turn();
  }
}, BATCH * BATCHES / 1_000);
// An agent whose turns are long makes fewer of them.
timed('the director\'s network goes: 1,000 silent tries', () => { for (let round = 0; round < 3; round += 1) hear(targets, silent, 20 * BATCH); }, targets.length * 3 / 1_000);
console.table(rows);
console.log(`${targets.length} targets; ${engine.brake.held.size} hosts held, ${engine.decisions.flatMap(overridesOf).length} overrides while all is silent`);
