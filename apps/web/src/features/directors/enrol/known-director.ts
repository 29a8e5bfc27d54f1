// A director that is enrolled already: when it can be enrolled again, what its host runs for that, and who has what a new one asked for.
import { z } from 'zod';
import type { DirectorView, LinkState } from '../../../server/gateway/director-view.ts';
import type { Fault } from '../../../trpc/fault.ts';

export type KnownDirector = Pick<DirectorView, 'id' | 'name'>;

/** Stands for wherever the host's own agent keeps its data. */
export const dataFolder = '/var/lib/weir-agent';

const command = `weir-agent enrol --data ${dataFolder}`;

/** HOST stands for what only the person knows. */
export const firstCommand = `${command} --address HOST:9348`;

export function againCommand(address: string): string {
  return `${command} --address ${address} --reset`;
}

// An agent of another version would not understand a new key either.
const lost: ReadonlySet<LinkState> = new Set<LinkState>(['wrongKey', 'silent', 'refused']);

export function canEnrolAgain(state: LinkState): boolean {
  return lost.has(state);
}

/** Whoever answers is asked to give up what it holds, and removed; also one of another version does not obey an order. */
export function canForget(state: LinkState): boolean {
  return state !== 'connected' && state !== 'connecting';
}

const Taken = z.object({ code: z.literal('directorAddressTaken'), params: z.object({ directorId: z.string(), director: z.string() }) });

/** The director that has the address or the key of a refused code; null: it was refused for something else, or by a panel that does not say. */
export function directorInTheWay(fault: Fault): KnownDirector | null {
  const taken = Taken.safeParse(fault);
  return taken.success ? { id: taken.data.params.directorId, name: taken.data.params.director } : null;
}
