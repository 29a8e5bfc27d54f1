// What Weir's driver costs beside ipvsadm on the same kernel, in the lab's virtual machine:
// `npx tsx packages/forwarder/bench/ipvs.ts [small] [large] [cpu] [elapsed] [rounds=N]`. What is named alone; all of it takes many minutes.
//
// `cpu`: what the director pays. One processor whose clock counts instructions, one a nanosecond: milliseconds are millions of instructions, kernel
// included, and repeat whatever else this machine does. What other threads of Node do (compile, collect garbage) is in it.
// `elapsed`: how long somebody waits. An ordinary machine of two processors: it does not repeat; compare by the least, and by the median.
// "First": for the first time in a process that has just begun. "Running": in one that did the same before, as an agent has.
import { boot, Vm } from '@weir/lab/vm';
import type { Place, Remote } from '@weir/lab/vm';
import { Table } from './ipvs-table.ts';
import type { Measure } from './ipvs-table.ts';
import type { Size } from './ipvs.guest.ts';

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
const measures: readonly Measure[] = ['cpu', 'elapsed'];
const CALL_DEADLINE_MS = 900_000;
/** Plans that are carried out before one that is measured, and before them smaller ones, which are as good for that and cost less. */
const SAME_BEFORE = 2;
const smaller = Array.from({ length: 8 }, (): Size => ({ services: 200, realServers: 2_000 }));
/** So many weights, too. */
const WARM_WEIGHTS = 200;

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

async function compare(measure: Measure, fresh: Fresh, agent: Guest, { size, rounds, readings }: Comparison): Promise<void> {
  const [apply, weight, counters, quick] = [new Table(measure), new Table(measure), new Table(measure), new Table(measure)];
  for (let round = 0; round < rounds; round += 1) {
    await agent.anotherTable();
    await apply.add('Weir, running', agent.coldApply(size, [...smaller, ...Array.from({ length: SAME_BEFORE }, () => size)]));
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
  const words = `${measure}, ${size.services} services, ${size.realServers} real servers, ${rounds} rounds`;
  apply.print(`cold apply: ${words}`, 'ipvsadm -R');
  weight.print(`one weight: ${words}`, 'ipvsadm -e');
  counters.print(`all counters: ${words}`, 'ipvsadm -Ln --stats --exact');
  if (measure === 'cpu') {
    const percent = counters.medianCpuMs('Weir, running') / 10;
    console.log(`once a second: ${percent.toFixed(1)} % of a processor that does 1,000 million instructions a second`);
  }
  quick.print(`weights and connections from /proc/net/ip_vs: ${words}`, 'ipvsadm -Ln');
}

async function compareOn(measure: Measure, wanted: readonly Comparison[]): Promise<void> {
  const machine = await boot({ counting: measure === 'cpu' });
  try {
    const vm = await Vm.connect(machine.access, { silenceMs: CALL_DEADLINE_MS });
    const network = await vm.network({ hosts: { agent: { interfaces: {} } }, modules: ['ip_vs'] });
    const agent = await useOn(network.host('agent'));
    for (const comparison of wanted) await compare(measure, freshOn(vm), agent, comparison);
    vm.disconnect();
  } finally {
    await machine.powerOff();
  }
}

const words = process.argv.slice(2);
const rounds = Number(words.find((word) => word.startsWith('rounds='))?.slice('rounds='.length) ?? 0);

/** All of them where none is named. */
function named<T>(all: readonly T[], name: (one: T) => string): readonly T[] {
  const chosen = all.filter((one) => words.includes(name(one)));
  return chosen.length > 0 ? chosen : all;
}

const wanted = named(Object.entries(comparisons), ([name]) => name).map(([, comparison]) => (rounds > 0 ? { ...comparison, rounds } : comparison));
for (const measure of named(measures, (name) => name)) await compareOn(measure, wanted);
