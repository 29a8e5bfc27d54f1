// How many alerts call for somebody, and who sees what of the messages that went out about one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';

let panel: TestPanel;

beforeAll(async () => {
  panel = await openTestPanel();
});
afterAll(() => panel.close());

it('everybody sees whether a message was taken, and administrators what its receiver wrote', async () => {
  const at = new Date(1_800_000_000_000);
  const [alertId, messageId] = ['an-alert', 'a-message'];
  await panel.services.db.alert.create({ data: { id: alertId, rule: 'drift', key: 'past', params: {}, since: at, firedAt: at, endedAt: at } });
  await panel.services.db.alertMessage.create({
    data: {
      id: messageId, channelId: 'pager', channelName: 'pager', channelKind: 'webHook', state: 'givenUp', tries: 3, madeAt: at,
      lastAnswer: { code: 'status', status: 502, body: 'no route to billing.internal', atMs: at.getTime(), tookMs: 4 },
      items: { create: { alertId, says: 'fired' } },
    },
  });
  const seenBy = async (name: string, role: 'viewer' | 'operator' | 'admin') => {
    const [found] = await panel.api(await panel.signIn((await panel.person(name, role)).email)).alerts.deliveries.query({ alertId });
    return found?.lastAnswer;
  };
  expect(await seenBy('Ada', 'admin')).toMatchObject({ code: 'status', status: 502, body: 'no route to billing.internal' });
  for (const [name, role] of [['Olga', 'operator'], ['Vera', 'viewer']] as const) expect(await seenBy(name, role)).toMatchObject({ code: 'status', status: 502, body: null });
});

it('everybody is told how many fire that nobody has taken on', async () => {
  const at = new Date(1_800_000_000_000);
  const alert = (id: string, more: { firedAt?: Date; endedAt?: Date; acknowledgedAt?: Date; acknowledgedBy?: string; note?: string }) => ({ id, rule: 'drift', key: id, params: {}, since: at, ...more });
  await panel.services.db.alert.createMany({
    data: [
      alert('calls', { firedAt: at }), alert('calls too', { firedAt: at }), alert('pending', {}), alert('taken', { firedAt: at, acknowledgedAt: at, acknowledgedBy: 'Ada', note: '' }), alert('over', { firedAt: at, endedAt: at }),
    ],
  });
  const { email } = await panel.person('Viola', 'viewer');
  expect(await panel.api(await panel.signIn(email)).alerts.calling.query()).toBe(2);
});
