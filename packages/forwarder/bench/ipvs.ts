// What Weir's driver costs beside ipvsadm on the same kernel, in the lab's virtual machine: `npx tsx packages/forwarder/bench/ipvs.ts [small] [large]`.
// One processor whose clock counts instructions, one a nanosecond: milliseconds are millions of instructions, kernel included, and repeat.
// "First": for the first time in a process that has just begun. "Running": in one that did the same before, as an agent has. Many minutes.
import { boot, Vm } from '@weir/lab/vm';
import type { Place, Remote } from '@weir/lab/vm';
import type { Size, Took } from './ipvs.guest.ts';

type Guest = Remote<typeof import('./ipvs.guest.ts')>;

interface Comparison {
  readonly size: Size;
  readonly rounds: number;
  /** After so many readings of this table code is as fast as it gets. */
  readonly readings: number;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  small: { size: { services: 1_000, realServers: 10_000 }, rounds: 3, readings: 8 },
  /** keepalived issue 2318: a real installation. */
  large: { size: { services: 2_277, realServers: 37_205 }, rounds: 2, readings: 5 },
};
const CALL_DEADLINE_MS = 900_000;
/** The same of small plans, and of weights. */
const WARM_APPLIES = 15;
const WARM_WEIGHTS = 200;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] ?? Number.NaN : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** What took how long, by its name, in the order in which names came. */
class Table {
  readonly #took = new Map<string, Took[]>();

  async add(name: string, measure: Promise<Took>): Promise<void> {
    const took = await measure;
    this.#took.set(name, [...this.#took.get(name) ?? [], took]);
    console.error(`${name}: ${took.cpuMs.toFixed(1)} ms`);
  }

  median(name: string): number {
    return median(this.#took.get(name)?.map(({ cpuMs }) => cpuMs) ?? []);
  }

  /** The last column: how many times cheaper than `than`, by the medians. */
  print(title: string, than: string): void {
    console.log(`\n${title}\n${''.padEnd(36)}${['CPU ms', 'from', 'to', 'in kernel', 'cheaper'].map((name) => name.padStart(10)).join('')}`);
    const base = this.median(than);
    for (const [name, all] of this.#took) {
      const cpu = all.map(({ cpuMs }) => cpuMs);
      const figures = [median(cpu), Math.min(...cpu), Math.max(...cpu), median(all.map(({ systemMs }) => systemMs))].map((ms) => ms.toFixed(ms < 10 ? 3 : 1));
      console.log(`${name.padEnd(36)}${[...figures, `${(base / median(cpu)).toFixed(1)}x`].map((text) => text.padStart(10)).join('')}`);
    }
  }
}

/** On a kernel without rules, in a process that has done nothing yet. */
type Fresh = <T>(use: (guest: Guest) => Promise<T>) => Promise<T>;

function useOn(place: Place): Promise<Guest> {
  return place.use<typeof import('./ipvs.guest.ts')>(new URL('./ipvs.guest.ts', import.meta.url), { deadlineMs: CALL_DEADLINE_MS });
}

function freshOn(vm: Vm): Fresh {
  return async (use) => {
    const network = await vm.network({ hosts: { director: { interfaces: {} } }, modules: ['ip_vs'] });
    try {
      return await use(await useOn(network.host('director')));
    } finally {
      await network.remove();
    }
  };
}

async function compare(fresh: Fresh, agent: Guest, { size, rounds, readings }: Comparison): Promise<void> {
  const [apply, weight, counters, quick] = [new Table(), new Table(), new Table(), new Table()];
  for (let round = 0; round < rounds; round += 1) {
    await agent.anotherTable();
    await apply.add('Weir, running', agent.coldApply(size, WARM_APPLIES));
    await fresh(async (guest) => {
      await apply.add('Weir, first', guest.coldApply(size));
      await guest.anotherTable();
      await apply.add('ipvsadm -R', guest.restore(size));
      await counters.add('Weir, first', guest.sample(1));
      await counters.add('Weir, running', agent.sample(readings));
      await counters.add('ipvsadm -Ln --stats --exact', guest.stats());
      await weight.add('Weir, first', guest.weigh(1));
      await weight.add('Weir, running', agent.weigh(WARM_WEIGHTS));
      await weight.add('ipvsadm -e', guest.edit());
      await weight.add('/bin/true', guest.nothing());
      await quick.add('Weir, first', guest.quick(1));
      await quick.add('Weir, running', agent.quick(readings));
      await quick.add('ipvsadm -Ln', guest.list());
      await quick.add('Weir, the whole table (running)', agent.read(readings));
    });
  }
  const words = `${size.services} services, ${size.realServers} real servers, ${rounds} rounds`;
  apply.print(`cold apply: ${words}`, 'ipvsadm -R');
  weight.print(`one weight: ${words}`, 'ipvsadm -e');
  counters.print(`all counters: ${words}`, 'ipvsadm -Ln --stats --exact');
  const cpuMs = counters.median('Weir, running');
  console.log(`once a second: ${(cpuMs / 10).toFixed(1)} % of a processor that does 1,000 million instructions a second`);
  quick.print(`weights and connections from /proc/net/ip_vs: ${words}`, 'ipvsadm -Ln');
}

const machine = await boot({ counting: true });
try {
  const vm = await Vm.connect(machine.access, { silenceMs: CALL_DEADLINE_MS });
  const network = await vm.network({ hosts: { agent: { interfaces: {} } }, modules: ['ip_vs'] });
  const agent = await useOn(network.host('agent'));
  for (const [name, comparison] of Object.entries(comparisons)) {
    if (process.argv.length === 2 || process.argv.includes(name)) await compare(freshOn(vm), agent, comparison);
  }
  vm.disconnect();
} finally {
  await machine.powerOff();
}
