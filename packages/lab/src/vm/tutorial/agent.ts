// Weir's agent on a director of the virtual machine, from a bundle on this machine's disk.
import { VmError } from '../error.ts';
import type { GuestProcess } from '../session/guest-process.ts';
import type { Place } from '../session/place.ts';

/** Where it listens in the guest, and where it keeps its key. */
export const guestAgent = { port: 9348, data: '/var/lib/weir-agent' } as const;

const agentDeadlineMs = 120_000;

export async function startGuestAgent(director: Place, file: string): Promise<GuestProcess> {
  const agent = director.spawn(process.execPath, [file, 'run', '--data', guestAgent.data, '--listen', `0.0.0.0:${guestAgent.port}`, '--driver', 'ipvs']);
  await agent.says(/the agent runs/, agentDeadlineMs);
  return agent;
}

/** The command that prints a code; `address` is where the panel reaches the agent. */
export function enrolCommand(file: string, address: string): string {
  return `${process.execPath} ${file} enrol --data ${guestAgent.data} --address ${address}`;
}

export async function guestAgentCode(director: Place, file: string, address: string): Promise<string> {
  const code = (await director.run(enrolCommand(file, address))).trim().split('\n').at(-1) ?? '';
  if (code === '') throw new VmError('The agent on the director gives no code to enrol it.');
  return code;
}
