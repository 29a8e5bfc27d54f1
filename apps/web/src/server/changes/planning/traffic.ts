// How much of what comes in to each director now a plan is about.
import { addressOf, touchedTraffic } from '@weir/model';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Live } from '../../live/live.ts';
import type { ChangePlan, DirectorTraffic } from '../change-view.ts';
import { operationsOf } from './planning.ts';

export interface TrafficParts {
  readonly gateway: Pick<Gateway, 'director'>;
  readonly live: Pick<Live, 'acceptedDefinition' | 'incoming'>;
}

export function trafficOf({ directors }: ChangePlan, { gateway, live }: TrafficParts): DirectorTraffic[] {
  return directors.flatMap((planned): DirectorTraffic[] => {
    const director = gateway.director(planned.directorId);
    const capabilities = director?.hello?.capabilities;
    const incoming = live.incoming(planned.directorId);
    if (director === null || capabilities === undefined || incoming === null) return [];
    // A VIP that leaves takes along what comes to any service on it.
    const services = (director.accepted ?? []).flatMap((held) => live.acceptedDefinition(held)?.services ?? []).map(({ match }) => addressOf(match));
    const traffic = touchedTraffic(operationsOf(planned), services, capabilities, incoming);
    return traffic === null ? [] : [{ directorId: planned.directorId, ...traffic }];
  });
}
