// The lab's prompt: a line names a host of the tutorial's network and what to run there.
import { createInterface } from 'node:readline';
import { reasonOf, VmError } from '../error.ts';
import { tutorial } from './network.ts';
import { tutorialPorts, type Tutorial } from './tutorial.ts';

const commandDeadlineMs = 600_000;

/** The hosts and their addresses; `vip` says what there is to say about the VIP. */
export function hostsText(vip: string): string {
  const { director, client, realServers, outside } = tutorial;
  return `  client    ${client}
  director  ${director} ${vip}; ${outside.director} on the other side
  rs1, rs2  ${realServers.join(', ')}: HTTP on ${tutorialPorts.http.join(' and ')}, TCP echo on ${tutorialPorts.tcpEcho}, UDP echo on ${tutorialPorts.udpEcho}
  outside   ${outside.client}, a client on the director's other side, for NAT
`;
}

/** Runs what is typed, line after line, until the input ends; at once when `signal` or Ctrl-C says so. */
export async function takeCommands(lab: Tutorial, signal: AbortSignal): Promise<void> {
  const { isTTY } = process.stdin;
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isTTY, prompt: isTTY ? '> ' : '' });
  const told = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    lines.once('SIGINT', resolve);
  });
  const obeyAll = async (): Promise<void> => {
    lines.prompt();
    for await (const line of lines) {
      await obey(line, lab);
      lines.prompt();
    }
  };
  await Promise.race([obeyAll(), told]);
  lines.close();
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
