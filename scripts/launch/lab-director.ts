// The director of the lab: a virtual machine with the tutorial's network, and the agent on the kernel's IPVS in it. A new one at each start.
import { boot, guestAgent, guestAgentCode, hostsText, startGuestAgent, startTutorial, takeCommands, tutorial, Vm, VmError } from '@weir/lab/vm';
import type { GuestProcess, Machine, Tutorial } from '@weir/lab/vm';
import type { Exit } from '@weir/lab/ward';
import { Failure } from '../setup/failure.mjs';
import type { StartOptions } from '../setup/options/options.mjs';
import { bundles } from './layout.ts';
import type { OwnDirector } from './own-director.ts';
import type { Part, Running } from './part.ts';
import { agentAddress } from './parts.ts';

interface Site {
  readonly machine: Machine;
  readonly vm: Vm;
  readonly lab: Tutorial;
}

const addresses = `  VIP           ${tutorial.vip}, port 80
  DIP           ${tutorial.director}
  real servers  ${tutorial.realServers.join(' and ')}, port 80; ready for DR, TUN (ipip, gue on port 6080, gre) and NAT (port 80 or 8080)
`;

function introduction(): string {
  return `The director is a virtual machine's. The panel offers the tutorial's cluster on it, by DR; or define your own:

${addresses}
Its hosts:

${hostsText('where the agent is')}
Type a host and a command:

  director ipvsadm -Ln
  client curl -s ${tutorial.vip}
  client while sleep 0.2; do curl -s ${tutorial.vip} > /dev/null; done &
  outside curl -s ${tutorial.vip}

The first shows what the kernel has; the third makes traffic until the lab ends. By NAT ask from outside: a client in the real servers' own network is answered past the director.

`;
}

export function labDirector({ agentPort }: StartOptions): OwnDirector {
  let site: Site | null = null;
  const running = (): Site => {
    if (site === null) throw new Failure('The virtual machine does not run.');
    return site;
  };
  const machinePart: Part = {
    title: 'the virtual machine',
    start: async (signal) => {
      site = await asFailure(build(agentPort, signal));
      return runningMachine(site);
    },
  };
  const agentPart: Part = {
    title: 'the agent on its director',
    start: async () => runningAgent(await asFailure(startGuestAgent(running().lab.network.host('director'), bundles.agent))),
  };
  return {
    parts: [machinePart, agentPart],
    isEnrolled: () => Promise.resolve(false),
    enrolCode: () => asFailure(guestAgentCode(running().lab.network.host('director'), bundles.agent, agentAddress(agentPort))),
    introduction,
    attend: async (signal) => {
      await takeCommands(running().lab, signal);
      // A lab without a terminal goes on when its input ends.
      if (!process.stdin.isTTY) await new Promise(() => undefined);
    },
  };
}

async function build(hostPort: number, signal: AbortSignal): Promise<Site> {
  const machine = await boot({ uplinks: [{ guestPort: guestAgent.port, hostPort }] });
  try {
    signal.throwIfAborted();
    const vm = await Vm.connect(machine.access);
    const lab = await startTutorial(vm, { directorReady: false, realServersFor: 'all', tunnels: ['gue', 'gre'], uplinks: vm.uplinks });
    return { machine, vm, lab };
  } catch (error) {
    await machine.powerOff();
    throw error;
  }
}

function runningMachine({ machine, vm }: Site): Running {
  // It waits for input that never comes: it ends when the machine does.
  const { exited } = vm.machine.spawn('cat');
  return {
    exited: settled(exited),
    stop: async () => {
      vm.disconnect();
      await machine.powerOff();
    },
  };
}

function runningAgent(agent: GuestProcess): Running {
  return {
    exited: settled(agent.exited),
    // The machine may be gone, and the agent with it.
    stop: () => agent.end().then(() => undefined, () => undefined),
  };
}

function settled(exited: GuestProcess['exited']): Promise<Exit> {
  return exited.then(({ code }) => ({ code, signal: null }), () => ({ code: null, signal: 'SIGKILL' }));
}

async function asFailure<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof VmError ? new Failure(error.message, { cause: error }) : error;
  }
}
