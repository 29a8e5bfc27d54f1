// Who may call what, before any procedure runs: the bound panel everything (`enrol` too: the answer to its own may have been lost),
// anybody else `enrol` while no panel is bound.
import type { AgentFaultCode, KeyHash } from '@weir/protocol';
import type { BoundPanel } from '../disk/data-folder.ts';

export interface Caller {
  /** Null for a connection without a client certificate. */
  readonly key: KeyHash | null;
  readonly procedure: string;
}

/** Why the caller is turned away, or null where it may go on. */
export function turnedAway({ key, procedure }: Caller, panel: Pick<BoundPanel, 'keyHash'> | null): AgentFaultCode | null {
  const enrols = procedure === 'enrol';
  if (panel === null) {
    if (!enrols) return 'notEnrolled';
    return key === null ? 'wrongKey' : null;
  }
  if (key === panel.keyHash) return null;
  return enrols ? 'alreadyEnrolled' : 'wrongKey';
}
