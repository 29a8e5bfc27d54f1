// Which events are marked on whose axis.
import { expect, test } from 'vitest';
import type { EventObject } from '../../../events/event.ts';
import { concerns } from './use-marks.ts';

const nobody: EventObject = {
  clusterId: 'c', clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null,
};
const event = (object: Partial<EventObject>) => ({ object: { ...nobody, ...object } });
const service = { kind: 'service', clusterId: 'c', serviceId: 's' } as const;
const realServer = { kind: 'realServer', clusterId: 'c', serviceId: 's', realServerId: 'r' } as const;

test('what happened to the cluster happened to its parts; what happened to another part did not', () => {
  const events = [{}, { serviceId: 's' }, { serviceId: 'other' }, { serviceId: 's', realServerId: 'r' }, { serviceId: 's', realServerId: 'other' }].map(event);
  expect(events.map((each) => concerns(each, service))).toEqual([true, true, false, true, true]);
  expect(events.map((each) => concerns(each, realServer))).toEqual([true, true, false, true, false]);
  expect(events.map((each) => concerns(each, { kind: 'cluster', clusterId: 'c' }))).toEqual([true, true, true, true, true]);
});
