// `npm run lab -- --without-panel`: boots the tutorial's network in the virtual machine and runs commands on its hosts until it is told to end.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { boot, type Machine } from '../machine/boot.ts';
import { reasonOf, VmError } from '../error.ts';
import type { Place } from '../session/place.ts';
import { Vm } from '../session/vm.ts';
import { enrolCommand, guestAgent, guestAgentCode, startGuestAgent } from './agent.ts';
import { ipv6Of, tutorial } from './network.ts';
import { hostsText, takeCommands } from './prompt.ts';
import { startTutorial } from './tutorial.ts';

interface LabOptions {
  readonly agentPort: number;
  /** The agent's bundle, to be run on the director; null: no agent. */
  readonly agent: string | null;
}

const helpText = `Usage: npm run lab -- --without-panel [--agent-port PORT]

Boots Debian's kernel in a virtual machine, with the tutorial's network inside: a client, a director with the VIP, two real servers ready for NAT, DR and TUN,
and Weir's agent on the director: add it to a panel on this machine with the code that is printed.

  --agent-port PORT  where port ${guestAgent.port} of the director is reached on 127.0.0.1 (default 9358)
`;

function readOptions(args: string[]): LabOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: { 'agent-port': { type: 'string', default: '9358' }, agent: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const port = Number(values['agent-port']);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new VmError(`--agent-port ${values['agent-port']}: give a port from 1 to 65535.`);
  return values.help ? 'help' : { agentPort: port, agent: values.agent === undefined ? null : path.resolve(values.agent) };
}

function introduction({ access: { uplinks }, kernelRelease, bootMs }: Machine): string {
  const { vip, realServers } = tutorial;
  const doors = uplinks.map(({ guestPort, hostPort }) => `Port ${guestPort} of the director is 127.0.0.1:${hostPort} here.\n`);
  return `Linux ${kernelRelease} booted in ${(bootMs / 1000).toFixed(1)} s. Its hosts:

${hostsText(`with the VIP ${vip} (IPv6: ${ipv6Of(vip)})`)}
${doors.join('')}Type a host and a command; Ctrl-D ends the machine:

  director ipvsadm -A -t ${vip}:80 -s rr
  director ipvsadm -a -t ${vip}:80 -r ${realServers[0]}:80 -g
  client curl -s ${vip}

`;
}

/** Prints the code with which a panel takes the agent on. */
async function startAgent(file: string, director: Place, { hostPort, ending }: { readonly hostPort: number; readonly ending: AbortSignal }): Promise<void> {
  const agent = await startGuestAgent(director, file);
  const ended = (why: string): void => {
    if (!ending.aborted) process.stderr.write(`The agent on the director ended: ${why}\n`);
  };
  void agent.exited.then(() => ended(agent.stderr().slice(-1_000)), (error: unknown) => ended(reasonOf(error)));
  const address = `127.0.0.1:${hostPort}`;
  const code = await guestAgentCode(director, file, address);
  process.stdout.write(`The agent runs on the director. Enrol it in a panel on this machine; the code is valid once, for 15 minutes:\n\n  ${code}\n\nFor another one: director ${enrolCommand(file, address)}\n\n`);
}

async function runLab(options: LabOptions): Promise<void> {
  process.stdout.write('Booting the virtual machine …\n');
  const machine = await boot({ uplinks: [{ guestPort: guestAgent.port, hostPort: options.agentPort }] });
  try {
    const vm = await Vm.connect(machine.access);
    const lab = await startTutorial(vm, { realServersFor: 'all', tunnels: ['gue', 'gre'], uplinks: vm.uplinks });
    process.stdout.write(introduction(machine));
    const ending = new AbortController();
    if (options.agent !== null) await startAgent(options.agent, lab.network.host('director'), { hostPort: options.agentPort, ending: ending.signal });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort());
    await takeCommands(lab, ending.signal);
    ending.abort();
    vm.disconnect();
  } finally {
    await machine.powerOff();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(helpText);
  else await runLab(options);
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
