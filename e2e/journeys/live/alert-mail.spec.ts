// A mail server is set, a channel of e-mail tried, and a rule writes to it when a real server stops and when it is back; what the mail server answered is shown.
import { expect, test, type Page } from '@playwright/test';
import { startHttpServer, type SampleServer } from '@weir/lab';
import { startMailSink, type MailSink } from '@weir/web/testing/mail-sink';
import { z } from 'zod';
import { findsNothing } from '../../page/axe.ts';
import { t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyChecked } from '../../weir/checked-cluster.ts';
import { giveUp } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { ofThisTry, secondTryWithout } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });
// Each turn waits for the checks of a real director, and for what is sent.
test.setTimeout(180_000);

const cluster = { name: 'mailing', vip: '127.0.8.226', port: 8090, realServers: { '127.0.8.65': 'rs-65', '127.0.8.66': 'rs-66' } };
const login = { user: 'weir', password: 'a-password-that-nobody-is-shown' };
const desk = 'night.desk@example.org';
secondTryWithout(cluster.name);

const Rule = z.looseObject({ kind: z.string() });
const Channel = z.looseObject({ id: z.string(), name: z.string() });

let api: Api;
let sink: MailSink;
let servers: SampleServer[] = [];
let clusterId = '';
let channel = '';
let ruleBefore: z.infer<typeof Rule> | undefined;

const start = (address: string): Promise<SampleServer> => startHttpServer({ address, port: cluster.port });

test.beforeAll(async () => {
  api = await Api.signedIn(administrator);
  channel = ofThisTry('mail-of-the-journey');
  sink = await startMailSink({ login });
  servers = await Promise.all(Object.keys(cluster.realServers).map(start));
  clusterId = await applyChecked(api, cluster);
  ruleBefore = (await api.query('alerts.rules', z.array(Rule))).find(({ kind }) => kind === 'realServerDown');
});

test.afterAll(async () => {
  if (ruleBefore !== undefined) await api.mutate('alerts.setRule', z.unknown(), ruleBefore);
  for (const { id } of (await api.query('alerts.channels', z.array(Channel))).filter(({ name }) => name === channel)) await api.mutate('alerts.removeChannel', z.unknown(), { id });
  await giveUp(api, cluster.name);
  await Promise.all(servers.map((server) => server.stop()));
  await sink.close();
});

/** Of mails about the real server, as their lines are before they are folded. */
function mails(): string[] {
  return sink.received.map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll(/\r\n[ \t]/g, ' ')).filter((raw) => raw.includes('rs-65'));
}

async function opened(page: Page): Promise<void> {
  await page.goto('/alerts/rules');
  // What is asked for by the page's scripts is there: so are they, and the click is heard.
  await expect(page.getByRole('table', { name: t('alertRules.rules') })).toBeVisible();
}

test('the mail server is set, and its password is shown to nobody', async ({ page }) => {
  await opened(page);
  const panel = page.getByRole('region', { name: t('mailServer.title') });
  await panel.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('mailServer.host'), { exact: true }).fill('127.0.0.1');
  await dialog.getByLabel(t('mailServer.security'), { exact: true }).selectOption('none');
  await expect(dialog.getByText(t('mailServer.notEncrypted'))).toBeVisible();
  await dialog.getByLabel(t('mailServer.port'), { exact: true }).fill(String(sink.port));
  await dialog.getByLabel(t('mailServer.user'), { exact: true }).fill(login.user);
  await dialog.getByLabel(t('mailServer.password'), { exact: true }).fill(login.password);
  await dialog.getByLabel(t('mailServer.from'), { exact: true }).fill('weir@example.org');
  await findsNothing(page, 'the form of the mail server');
  await dialog.getByRole('button', { name: t('mailServer.save') }).click();
  await expect(dialog).toBeHidden();
  await expect(panel).toContainText(`127.0.0.1:${sink.port}`);
  await expect(panel).toContainText(t('mailServer.passwordSet'));
  expect(await page.content()).not.toContain(login.password);
});

test('a channel of e-mail is tried: what the mail server says is shown, whether or not it takes the message', async ({ page }) => {
  await opened(page);
  await page.getByRole('button', { name: t('alertChannels.add') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('alertChannels.name'), { exact: true }).fill(channel);
  await dialog.getByLabel(t('alertChannels.kind'), { exact: true }).selectOption('email');
  await dialog.getByLabel(t('alertChannels.to'), { exact: true }).fill(desk);
  await dialog.getByRole('button', { name: t('alertChannels.save') }).click();
  await expect(dialog).toBeHidden();
  sink.refuse = () => ({ status: 451, text: 'greylisted, come back later' });
  await page.getByRole('button', { name: t('alertChannels.testChannel', { name: channel }) }).click();
  await expect(dialog).toContainText(t('alertChannels.testNotTaken'));
  await expect(dialog).toContainText(t('alerts.answers.mailLater'));
  await expect(dialog).toContainText('greylisted, come back later');
  await dialog.getByRole('button', { name: t('alertChannels.close') }).click();
  sink.refuse = () => null;
  await page.getByRole('button', { name: t('alertChannels.testChannel', { name: channel }) }).click();
  await expect(dialog).toContainText(t('alertChannels.testTaken'));
  expect(sink.received.at(-1)?.to).toEqual([desk]);
});

test('a real server that stops is written of, with what was seen and where more stands; and so is that it is back', async ({ page }) => {
  const channels = await api.query('alerts.channels', z.array(Channel));
  const channelIds = channels.filter(({ name }) => name === channel).map(({ id }) => id);
  await api.mutate('alerts.setRule', z.unknown(), { ...ruleBefore, on: true, forSeconds: 1, groupSeconds: 0, clusterIds: [clusterId], quietHours: null, channelIds });
  await servers[0]?.stop();
  await expect.poll(() => mails().length, { timeout: 60_000 }).toBe(1);
  expect(mails()[0]).toContain(`Subject: [Weir] Alert fires on ${cluster.name}: Real server rs-65 of web is down.`);
  expect(mails()[0]).toContain(`Cluster: ${cluster.name}`);
  expect(mails()[0]).toMatch(/Seen by .+: One failed try: down\. Refused\./);
  expect(mails()[0]).toContain(`${url}/clusters/${clusterId}/services/`);
  await page.goto('/alerts');
  const row = page.getByRole('table', { name: t('alertPage.current') }).getByRole('row').filter({ hasText: 'rs-65' });
  const messages = row.getByText(t('alertPage.sent', { count: 1 })).filter({ visible: true });
  await expect(messages).toBeVisible({ timeout: 60_000 });
  await messages.click();
  await expect(row.getByText(channel).filter({ visible: true })).toBeVisible();
  await expect(row.getByText(t('alerts.answers.ok')).filter({ visible: true })).toBeVisible();
  servers[0] = await start('127.0.8.65');
  await expect.poll(() => mails().length, { timeout: 60_000 }).toBe(2);
  expect(mails()[1]).toContain(`Subject: [Weir] Alert over on ${cluster.name}: Real server rs-65 of web is down.`);
});
