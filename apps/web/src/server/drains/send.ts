// Gives an order about a drain to several directors at once; each answers for itself.
import { PanelError } from '../errors.ts';
import type { StateAnswer } from '../gateway/agent/agent-client.ts';
import type { AgentClient } from '../gateway/agent/agent-client.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { DrainAnswer } from './drain-view.ts';

interface Who {
  readonly directorId: string;
  readonly name: string;
}

export async function tell(gateway: Pick<Gateway, 'client' | 'learn'>, { directorId, name }: Who, order: (client: AgentClient) => Promise<StateAnswer>): Promise<DrainAnswer> {
  try {
    gateway.learn(directorId, await order(gateway.client(directorId)));
    return { directorId, name, error: null };
  } catch (error) {
    if (error instanceof PanelError) return refusalOf({ directorId, name }, error);
    throw error;
  }
}

export function refusalOf({ directorId, name }: Who, { code, params }: PanelError): DrainAnswer {
  return { directorId, name, error: { code, params } };
}
