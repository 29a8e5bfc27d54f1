// What every part of reconciling works on.
import type { ClusterDefinition } from '@weir/model';
import type { HealthAbilities } from '@weir/protocol';
import { ForwarderError } from '@weir/forwarder';
import type { Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { DataFolder } from '../disk/data-folder.ts';
import type { Drains } from '../drain/drains.ts';
import { HostError } from '../host/host.ts';
import type { Ownership } from '../forwarder/own-services.ts';
import type { Host } from '../host/host.ts';
import type { ChangeLock } from './change-lock.ts';
import type { Confirmations } from './confirm/confirmations.ts';
import { planDirector } from './plan/director-plan.ts';
import type { Reading } from './plan/director-plan.ts';
import type { DriftWatch } from './drift-watch.ts';
import type { Holdings } from './holdings.ts';
import { hostStateOf } from './plan/host-state.ts';
import type { Reports } from './reports.ts';

export interface Ground {
  readonly forwarder: Forwarder;
  readonly ownership: Ownership;
  /** Null where the agent leaves its host alone. */
  readonly host: Host | null;
  readonly holdings: Holdings;
  /** What real servers can be asked with. */
  readonly abilities: () => Promise<HealthAbilities>;
  /** Null where the forwarder begins empty with the agent. */
  readonly life: string | null;
  readonly settled: DataFolder['settled'];
  readonly reports: Reports;
  readonly confirmations: Confirmations;
  readonly drains: Drains;
  readonly lock: ChangeLock;
  readonly watch: DriftWatch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stopping: AbortSignal;
  /** After that, whoever ordered a change is told that it still goes on. */
  readonly answerDeadlineMs: number;
  /** Tells whoever follows the state that it is another one. */
  readonly changed: () => void;
}

export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Neither the forwarder nor the host answered in time; both are asked again later. */
export function isSilence(error: unknown): error is ForwarderError | HostError {
  return error instanceof ForwarderError || error instanceof HostError;
}

function hasMarks({ services }: ClusterDefinition): boolean {
  return services.some(({ match }) => match.kind === 'mark');
}

/** `next`: a definition that is not held yet, and may ask for more of the host than those that are. */
export async function read({ forwarder, host, holdings, clock }: Ground, next: ClusterDefinition | null = null): Promise<Reading> {
  const actual = await forwarder.read();
  const marks = (next !== null && hasMarks(next)) || holdings.held.accepted.some(({ definition }) => hasMarks(definition));
  return { actual, host: host === null ? null : await host.read({ marks }), readAtMs: clock.nowMs() };
}

const RETRY_MS = 1_000;

/** Waits, unless the agent stops first. */
export function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new StoppedError('the agent stops'));
    };
    const timer = setTimeout(() => {
      stopping.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (stopping.aborted) stop();
    else stopping.addEventListener('abort', stop, { once: true });
  });
}

/** Reads until the forwarder answers: what came of a change must be known before the next one begins. */
export async function readBack(ground: Ground): Promise<Reading> {
  for (;;) {
    try {
      return await read(ground);
    } catch (error) {
      if (!isSilence(error)) throw error;
      ground.log.error({ err: error }, 'the forwarder does not tell what it forwards');
      await pause(RETRY_MS, ground.stopping);
    }
  }
}

/** Compares a reading with what should be forwarded, all of it. */
export function observe({ holdings, watch, changed }: Ground, reading: Reading): void {
  const { host, readAtMs } = reading;
  const { held } = holdings;
  if (watch.observe({ drift: planDirector(held, reading, readAtMs), host: host === null ? null : hostStateOf(held, host), readAtMs })) changed();
}
