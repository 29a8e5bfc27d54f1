// An alert that is open, with what is said of it: in the database, and in memory for every look.
import { AlertRuleKind } from '@weir/model';
import type { OpenAlert } from '@weir/model';
import { EventParams } from '../../events/event.ts';
import type { EventObject } from '../../events/event.ts';
import type { Alert } from '../db/generated/client.ts';

export interface OpenRow extends OpenAlert {
  readonly id: string;
  readonly object: EventObject;
  readonly params: EventParams;
  readonly link: string | null;
}

export function objectOf({ clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName }: EventObject): EventObject {
  return { clusterId, clusterName, serviceId, serviceName, realServerId, realServerName, directorId, directorName };
}

export const noObject: EventObject = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };

export function openRowOf(row: Alert): OpenRow {
  const { id, rule, key, params, link, since, firedAt } = row;
  return { id, rule: AlertRuleKind.parse(rule), key, object: objectOf(row), params: EventParams.parse(params), link, sinceMs: since.getTime(), firedAtMs: firedAt?.getTime() ?? null };
}
