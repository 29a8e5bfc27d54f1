// What stands first among alerts.
import { expect, it } from 'vitest';
import type { Alert } from '../../alerts/alert.ts';
import { worstFirst } from './order.ts';

const object = { clusterId: null, clusterName: null, serviceId: null, serviceName: null, realServerId: null, realServerName: null, directorId: null, directorName: null };
const alert = (id: string, more: Partial<Alert> = {}): Alert => ({
  id, rule: 'realServerDown', state: 'firing', object, params: {}, sinceMs: 0, firedAtMs: 0, endedAtMs: null, unwatched: false, unknown: false, acknowledged: null, link: null, deliveries: { sent: 0, waiting: 0, retrying: 0, givenUp: 0 }, ...more,
});
const taken = { person: 'Ada', note: '', atMs: 0 };

it('what fires stands before what may, what nobody took on before what somebody did, the worse and the newer first', () => {
  const alerts = [
    alert('pending', { state: 'pending', firedAtMs: null, rule: 'belowQuorum' }), alert('taken', { rule: 'belowQuorum', acknowledged: taken }),
    alert('drift', { rule: 'drift', sinceMs: 9 }), alert('old'), alert('new', { sinceMs: 5 }), alert('quorum', { rule: 'belowQuorum' }),
  ];
  expect(worstFirst(alerts).map(({ id }) => id)).toEqual(['quorum', 'new', 'old', 'drift', 'taken', 'pending']);
});
