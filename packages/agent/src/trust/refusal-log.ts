// Callers that were turned away, in the log: at most one line in a while, so that a stranger cannot fill the disk.
import type { AgentFaultCode, KeyHash } from '@weir/protocol';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

const INTERVAL_MS = 10_000;

export interface Refusal {
  readonly from: string | undefined;
  readonly key: KeyHash | null;
  readonly fault: AgentFaultCode;
}

export function refusalLog(log: Logger, clock: Clock): (refusal: Refusal) => void {
  let silent = 0;
  let quiet = false;
  return (refusal) => {
    if (quiet) {
      silent += 1;
      return;
    }
    log.warn({ ...refusal, notLogged: silent }, 'a caller was turned away');
    silent = 0;
    quiet = true;
    clock.after(INTERVAL_MS, () => { quiet = false; });
  };
}
