// What a change of health is as an event. Pure.
import type { HealthChange } from '@weir/protocol';
import type { EventParams, EventTone } from '../../events/event.ts';
import type { EventDraft } from './draft.ts';

export interface ToldHealth extends Omit<HealthChange, 'sequence'> {
  readonly clusterName: string | null;
  readonly serviceName: string;
  readonly realServerName: string | null;
  readonly directorId: string;
  readonly directorName: string;
}

type Telling = readonly [code: string, tone: EventTone];

const ofRealServer = new Map<string, Telling>([['up', ['up', 'good']], ['down', ['down', 'bad']], ['unknown', ['undecided', 'plain']]]);

const ofService = new Map<string, Telling>([
  ['allUp', ['allUp', 'good']], ['someDown', ['someDown', 'warn']], ['notDecided', ['notDecided', 'plain']], ['braked', ['braked', 'warn']],
  ['belowGoOn', ['belowGoOn', 'bad']], ['belowSorry', ['belowSorry', 'bad']], ['belowFailOpen', ['belowFailOpen', 'bad']],
]);

const textMax = 1_000;

export function eventOfHealth(change: ToldHealth): EventDraft {
  const { atMs, clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName, from, to, rule, lastTry } = change;
  const words = realServerId === null ? ofService : ofRealServer;
  // A newer agent may know of more.
  const [code, tone] = words.get(to) ?? ['changed', 'plain'];
  const params: EventParams = { ...rule.params, from, to, rule: rule.code };
  const service = `/clusters/${clusterId}/services/${serviceId}`;
  return {
    atMs, kind: 'health', code, tone, person: null, evidence: lastTry ?? undefined,
    object: { clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName },
    params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, textMax) : value])),
    link: realServerId === null ? service : `${service}/health/${realServerId}`,
  };
}
