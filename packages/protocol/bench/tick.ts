// Prints what one tick costs panel and agent at the size of a large real installation: `npx tsx packages/protocol/bench/tick.ts`.
import type { Counters, Sample } from '@weir/model';
import { decodeTick, encodeTick, packTick, readTick, StreamEvent } from '../src/index.ts';

/** keepalived issue 2318. */
const SERVICES = 2_277;
const REAL_SERVERS = 37_205;
const ROUNDS = 9;

const counters: Counters = { connections: 123_456n, packetsIn: 1_234_567_890n, packetsOut: 'replyBypassesDirector', bytesIn: 987_654_321_098n, bytesOut: 'replyBypassesDirector' };
const sample: Sample = {
  measuredAtMs: 1,
  services: Array.from({ length: SERVICES }, (_, s) => ({
    key: `tcp 10.0.${s % 256}.${Math.floor(s / 256)}:8080`, counters, refused: null,
    realServers: Array.from({ length: Math.floor(((s + 1) * REAL_SERVERS) / SERVICES) - Math.floor((s * REAL_SERVERS) / SERVICES) }, (__, r) => ({
      key: `10.128.${s % 256}.${r}:8080`, weight: 100, connections: { active: 12, inactive: 345, persistent: 0 }, counters,
    })),
  })),
};
const tick = encodeTick('boot', 1, sample);
const text = JSON.stringify(tick);
const before = packTick(tick, null);
if (before === null) throw new Error('not a tick');

const cases: Record<string, () => unknown> = {
  encode: () => encodeTick('boot', 1, sample),
  'write as JSON': () => JSON.stringify(tick),
  'read JSON': () => JSON.parse(text) as unknown,
  'check by the schema': () => StreamEvent.parse(tick),
  decode: () => decodeTick(tick),
  'check and pack': () => packTick(tick, before.sample.layout),
  'read the text and pack': () => readTick(text, before),
};

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function measure(run: () => unknown): { wallMs: number; cpuMs: number } {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  run();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

console.log(`${SERVICES} services, ${REAL_SERVERS} real servers, ${text.length} characters; ms; median of ${ROUNDS} rounds after the first\n`);
console.log(`${''.padEnd(24)}${'wall'.padStart(10)}${'CPU'.padStart(10)}`);
for (const [name, run] of Object.entries(cases)) {
  run();
  const rounds = Array.from({ length: ROUNDS }, () => measure(run));
  const [wall, cpu] = [median(rounds.map(({ wallMs }) => wallMs)), median(rounds.map(({ cpuMs }) => cpuMs))];
  console.log(`${name.padEnd(24)}${wall.toFixed(1).padStart(10)}${cpu.toFixed(1).padStart(10)}`);
}
