// `weir-agent enrol`: makes the code that a person carries to the panel.
import { formatEnrolmentCode } from '@weir/protocol';
import type { AgentAddress } from '@weir/protocol';
import type { Clock } from '../clock.ts';
import { openDataFolder } from '../disk/data-folder.ts';
import { isHeld } from '../disk/folder.ts';
import { openWindow } from './enrolment-window.ts';
import { loadIdentity } from './identity.ts';

export interface EnrolCommand {
  readonly dataFolder: string;
  /** Where the panel will find this agent. */
  readonly address: AgentAddress;
  /** Forget the panel that is bound. */
  readonly reset: boolean;
}

export class AlreadyBoundError extends Error {
  override readonly name = 'AlreadyBoundError';
}

/** Works beside a running daemon and without one; the daemon sees the new window at the next attempt. */
export async function makeEnrolmentCode({ dataFolder, address, reset }: EnrolCommand, clock: Clock): Promise<string> {
  const files = await openDataFolder(dataFolder);
  const { keyHash } = await loadIdentity(files.keyPath);
  if (reset) await files.panel.remove();
  else {
    const bound = await files.panel.read();
    if (bound !== null) {
      throw new AlreadyBoundError(`This agent obeys the panel "${bound.panelName}". To give it to another one, add --reset`);
    }
  }
  return formatEnrolmentCode({ address, keyHash, secret: await openWindow(files, clock) });
}

/** Null where an agent is running on the folder. Without one the code is good, but nobody answers to it. */
export async function missingAgent({ dataFolder, address }: EnrolCommand): Promise<string | null> {
  if (await isHeld(dataFolder)) return null;
  const port = address.slice(address.lastIndexOf(':') + 1);
  return `No agent is running on ${dataFolder}: the panel can use the code once one is. Start it: weir-agent run --data ${dataFolder} --listen <address of this host>:${port}`;
}
