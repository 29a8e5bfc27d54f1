// Gives one director its overrides, one after the other, and stops at the first that it does not acknowledge.
import type { Override } from '@weir/model';
import type { StateAnswer } from '../gateway/agent/agent-client.ts';
import { PanelError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { supersededBy } from './order.ts';
import type { OverrideAnswer } from './override-view.ts';
import type { Heard, Unheard } from './reading.ts';

/** What one director is to do: hold these, or end these. */
export interface Turn {
  readonly director: Heard;
  readonly set: readonly Override[];
  readonly end: readonly Override[];
}

export interface Taken {
  readonly answer: OverrideAnswer;
  /** The last that it said; null where it acknowledged nothing. */
  readonly state: StateAnswer | null;
}

export async function carryOut(gateway: Gateway, { director, set, end }: Turn): Promise<Taken> {
  const { directorId, name } = director;
  const client = gateway.client(directorId);
  let acknowledged = 0;
  let state: StateAnswer | null = null;
  const hear = (said: StateAnswer): void => {
    state = said;
    gateway.learn(directorId, said);
  };
  const taken = (error: PanelError | null): Taken => {
    const answer = { directorId, name, ordered: set.length + end.length, acknowledged, error: faultOf(error), drift: state?.driftCount ?? null };
    return { answer, state };
  };
  try {
    for (const override of set) {
      hear(await client.setOverride(override));
      acknowledged += 1;
      // Afterwards, so that the weight is never the defined one in between: the latest of a cause decides.
      for (const { id } of supersededBy(override, director.state.overrides)) hear(await client.endOverride(id));
    }
    for (const { id } of end) {
      hear(await client.endOverride(id));
      acknowledged += 1;
    }
    return taken(null);
  } catch (error) {
    if (error instanceof PanelError) return taken(error);
    throw error;
  }
}

export function unheardAnswer({ directorId, name, error }: Unheard): OverrideAnswer {
  return { directorId, name, ordered: null, acknowledged: 0, error: faultOf(error), drift: null };
}

function faultOf(error: PanelError | null): OverrideAnswer['error'] {
  return error === null ? null : { code: error.code, params: error.params };
}
