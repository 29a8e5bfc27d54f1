// `npm run lab`: boots the tutorial's network in the virtual machine and runs commands on its hosts until it is told to end.
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { boot, type Machine } from '../machine/boot.ts';
import { reasonOf, VmError } from '../error.ts';
import type { Place } from '../session/place.ts';
import { Vm } from '../session/vm.ts';
import { ipv6Of, tutorial } from './network.ts';
import { startTutorial, tutorialPorts, type Tutorial } from './tutorial.ts';

const agentPort = 9348;
const commandDeadlineMs = 600_000;

const agentData = '/var/lib/weir-agent';
const agentDeadlineMs = 90_000;

interface LabOptions {
  readonly agentPort: number;
  /** The agent's bundle, to be run on the director; null: no agent. */
  readonly agent: string | null;
}

const helpText = `Usage: npm run lab -- [--agent-port PORT]

Boots Debian's kernel in a virtual machine, with the tutorial's network inside: a client, a director with the VIP, two real servers ready for NAT, DR and TUN,
and Weir's agent on the director: add it to a panel on this machine with the code that is printed.

  --agent-port PORT  where port ${agentPort} of the director is reached on 127.0.0.1 (default 9358)
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
  const { vip, director, client, realServers, outside } = tutorial;
  const doors = uplinks.map(({ guestPort, hostPort }) => `Port ${guestPort} of the director is 127.0.0.1:${hostPort} here.\n`);
  return `Linux ${kernelRelease} booted in ${(bootMs / 1000).toFixed(1)} s. Its hosts:

  client    ${client}
  director  ${director} with the VIP ${vip} (IPv6: ${ipv6Of(vip)}); ${outside.director} on the other side
  rs1, rs2  ${realServers.join(', ')}: HTTP on ${tutorialPorts.http.join(' and ')}, TCP echo on ${tutorialPorts.tcpEcho}, UDP echo on ${tutorialPorts.udpEcho}
  outside   ${outside.client}, a client on the director's other side, for NAT

${doors.join('')}Type a host and a command; Ctrl-D ends the machine:

  director ipvsadm -A -t ${vip}:80 -s rr
  director ipvsadm -a -t ${vip}:80 -r ${realServers[0]}:80 -g
  client curl -s ${vip}

`;
}

async function obey(line: string, { network }: Tutorial): Promise<void> {
  const [, host = '', command = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
  if (host === '') return;
  try {
    if (command === '') throw new VmError(`What is ${host} to do? Type a host and a command.`);
    const { stdout, stderr, code } = await network.host(host).attempt(command, { deadlineMs: commandDeadlineMs });
    process.stdout.write(stdout);
    process.stderr.write(code === 0 ? stderr : `${stderr}(exit code ${String(code)})\n`);
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
  }
}

/** Prints the code with which a panel takes the agent on. */
async function startAgent(file: string, director: Place, hostPort: number): Promise<void> {
  const agent = director.spawn(process.execPath, [file, 'run', '--data', agentData, '--listen', `0.0.0.0:${agentPort}`, '--driver', 'ipvs']);
  await agent.says(/the agent runs/, agentDeadlineMs);
  void agent.exited.then(
    () => process.stderr.write(`The agent on the director ended: ${agent.stderr().slice(-1_000)}\n`),
    (error: unknown) => process.stderr.write(`The agent on the director ended: ${reasonOf(error)}\n`),
  );
  const enrol = `${process.execPath} ${file} enrol --data ${agentData} --address 127.0.0.1:${hostPort}`;
  const code = await director.run(enrol);
  process.stdout.write(`The agent runs on the director. Enrol it in a panel on this machine; the code is valid once, for 15 minutes:\n\n  ${code.trim()}\n\nFor another one: director ${enrol}\n\n`);
}

async function runLab(options: LabOptions): Promise<void> {
  process.stdout.write('Booting the virtual machine …\n');
  const machine = await boot({ uplinks: [{ guestPort: agentPort, hostPort: options.agentPort }] });
  try {
    const vm = await Vm.connect(machine.access);
    const lab = await startTutorial(vm, { realServersFor: 'all', tunnels: ['gue', 'gre'], uplinks: vm.uplinks });
    process.stdout.write(introduction(machine));
    if (options.agent !== null) await startAgent(options.agent, lab.network.host('director'), options.agentPort);
    const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: process.stdin.isTTY, prompt: process.stdin.isTTY ? '> ' : '' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => lines.close());
    lines.once('SIGINT', () => lines.close());
    lines.prompt();
    for await (const line of lines) {
      await obey(line, lab);
      lines.prompt();
    }
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
