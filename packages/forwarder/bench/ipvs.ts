// What Weir's driver costs beside ipvsadm on the same kernel, in the lab's virtual machine: `npx tsx packages/forwarder/bench/ipvs.ts`.
// The machine is emulated and slow; what counts are the ratios of one run. Some minutes.
import { boot, Vm } from '@weir/lab/vm';
import type { Remote } from '@weir/lab/vm';
import type { Size, Took } from './ipvs.guest.ts';

type Guest = Remote<typeof import('./ipvs.guest.ts')>;

const small: Size = { services: 1_000, realServers: 10_000 };
/** keepalived issue 2318: a real installation. */
const large: Size = { services: 2_277, realServers: 37_205 };
const CALL_DEADLINE_MS = 900_000;

type Measure = () => Promise<Took>;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] ?? Number.NaN : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function shown(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2).padStart(10)} ${median(values).toFixed(2).padStart(10)}`;
}

interface Row {
  readonly name: string;
  readonly measure: Measure;
}

/** In turns, so that all of them have the same neighbours. The last columns: how many times the first one's time. */
async function compare(title: string, rounds: number, rows: readonly Row[]): Promise<void> {
  const took = rows.map((): Took[] => []);
  for (let round = 0; round < rounds; round += 1) for (const [at, { measure }] of rows.entries()) took[at]?.push(await measure());
  console.log(`\n${title}, ${rounds} rounds\n${''.padEnd(40)}${'min ms'.padStart(10)} ${'median ms'.padStart(10)} ${'CPU ms'.padStart(10)} ${'x (min)'.padStart(9)} ${'x (med.)'.padStart(9)}`);
  const first = took[0]?.map(({ wallMs }) => wallMs) ?? [];
  rows.forEach(({ name }, at) => {
    const own = took[at] ?? [];
    const wall = own.map(({ wallMs }) => wallMs);
    const cpu = own.map(({ cpuMs }) => cpuMs).filter((ms) => ms !== null);
    const ratios = [Math.min(...wall) / Math.min(...first), median(wall) / median(first)].map((ratio) => ratio.toFixed(1).padStart(9));
    console.log(`${name.padEnd(40)}${shown(wall)} ${(cpu.length === 0 ? '-' : median(cpu).toFixed(2)).padStart(10)} ${ratios.join(' ')}`);
  });
}

function words({ services, realServers }: Size): string {
  return `${services} services, ${realServers} real servers`;
}

/** A kernel without rules, and a process that has warmed up. */
type Fresh = <T>(use: (guest: Guest) => Promise<T>) => Promise<T>;

function freshOn(vm: Vm): Fresh {
  return async (use) => {
    const network = await vm.network({ hosts: { director: { interfaces: {} } }, modules: ['ip_vs'] });
    const guest = await network.host('director').use<typeof import('./ipvs.guest.ts')>(new URL('./ipvs.guest.ts', import.meta.url), { deadlineMs: CALL_DEADLINE_MS });
    try {
      return await use(guest);
    } finally {
      await network.remove();
    }
  };
}

async function weir(guest: Guest, size: Size): Promise<Took> {
  await guest.warmUp();
  return guest.coldApply(size);
}

async function run(fresh: Fresh, size: Size, rounds: number): Promise<void> {
  await compare(`cold apply, ${words(size)}`, rounds, [
    { name: 'Weir', measure: () => fresh((guest) => weir(guest, size)) },
    { name: 'ipvsadm -R', measure: () => fresh((guest) => guest.restore(size)) },
  ]);
  await fresh(async (guest) => {
    await weir(guest, size);
    await compare(`one weight, ${words(size)}`, 20, [
      { name: 'Weir', measure: () => guest.weigh() }, { name: 'ipvsadm -e', measure: () => guest.edit() }, { name: '/bin/true', measure: () => guest.nothing() },
    ]);
    await compare(`reading, ${words(size)}`, 5, [
      { name: 'Weir, sample', measure: () => guest.sample() }, { name: 'ipvsadm -Ln --stats --exact', measure: () => guest.stats() },
      { name: 'Weir, read', measure: () => guest.read() }, { name: 'Weir, /proc/net/ip_vs (no counters)', measure: () => guest.quick() },
    ]);
  });
}

const machine = await boot();
try {
  const vm = await Vm.connect(machine.access);
  await run(freshOn(vm), small, 3);
  await run(freshOn(vm), large, 2);
  vm.disconnect();
} finally {
  await machine.powerOff();
}
