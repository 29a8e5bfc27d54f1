// A change is taken back unless somebody confirms it: seen by everybody on the cluster's pages, ended by its operators, and by the director itself
// also where panel or agent are killed in between. The traffic is the witness.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { applyWith, clusterWith, create, order, ownDirector, planOf, save } from '../../weir/clusters.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { pidOf, type Part } from '../../weir/process/processes.ts';
import { running } from '../../weir/running.ts';
import { apply } from '../../weir/screen.ts';
import { askTimes, shares } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const viewer: Person = { name: 'Vera', email: 'vera.confirm@example.org', password: 'looks at the weir only' };
const vip = '127.0.8.236';
const port = 8080;
const [one, other] = ['127.0.8.20', '127.0.8.30'];
const [shortly, long] = ['30 s', '10 m'];
const longWait = { timeout: 90_000 };
let clusterId: string;
/** What is wanted, and what stands until it is confirmed. */
let [revision, standing] = [1, 1];

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await present(api, viewer, 'viewer');
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'confirmed', vips: [{ address: vip, holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port },
      realServers: service.realServers.filter(({ rip }) => rip === one || rip === other).map((realServer) => ({ ...realServer, weight: realServer.rip === one ? 1 : 0 })),
    })),
  });
  const applyId = await order(api, await planOf(api, clusterId));
  await expect.poll(async () => (await applyWith(api, applyId)).finishedAt).not.toBeNull();
});

const goesTo = async (rip: string): Promise<void> => { await expect.poll(async () => shares(await askTimes(2, vip, port)), longWait).toEqual({ [rip]: 2 }); };
const bar = (page: Page): Locator => page.getByRole('region', { name: t('confirm.region') });
const word = (page: Page, which: 'confirm' | 'revertNow'): Locator => bar(page).getByRole('button', { name: t(`confirm.${which}`), exact: true });

async function confirmed(page: Page): Promise<void> {
  await word(page, 'confirm').click();
  await expect(page.getByText(t('confirm.allConfirmed', { by: administrator.name, count: 1 }))).toBeVisible(longWait);
  standing = revision;
}

const backTo = (why: 'notConfirmed' | 'ordered'): RegExp => pattern('confirm.backTo', { base: standing, at: /\d\d:\d\d:\d\d/, why });

/** All traffic to this one. Ends on the page of the apply. */
async function changed(page: Page, rip: string, within: string): Promise<void> {
  const api = await Api.signedIn(administrator);
  const cluster = await clusterWith(api, clusterId);
  revision = await save(api, cluster, {
    ...cluster.head.definition,
    services: cluster.head.definition.services.map((service) => ({
      ...service, realServers: service.realServers.map((realServer) => ({ ...realServer, weight: realServer.rip === rip ? 1 : 0 })),
    })),
  });
  await page.goto(`/clusters/${clusterId}/change`);
  await page.getByLabel(t('confirm.choice')).selectOption(t('confirm.unless', { span: within }));
  await apply(page);
}

/** With time enough to look at it, however slow the machine is. */
async function changedForLong(page: Page, rip: string): Promise<void> {
  await changed(page, rip, long);
  await expect(bar(page).getByRole('timer')).toBeVisible();
  await goesTo(rip);
}

async function kill(part: Part): Promise<void> {
  const { launcher } = running();
  const victim = await until(`${part} runs`, 60_000, () => pidOf(launcher, part));
  process.kill(victim, 'SIGKILL');
  await until(`${part} runs again`, 60_000, () => {
    const pid = pidOf(launcher, part);
    return pid !== null && pid !== victim;
  });
}

/** A panel that was killed may not answer yet. */
async function openAgain(page: Page, address: string): Promise<void> {
  await until('the panel answers', 60_000, async () => (await page.goto(address))?.ok());
}

test('everybody on the cluster\'s pages sees the countdown, an operator on every other page, too, and confirms', async ({ page, browser }) => {
  await changedForLong(page, other);
  await findsNothing(page, 'an apply that waits to be confirmed');
  const watching = await pageOf(browser, viewer);
  for (const part of ['', '/live', '/connections']) {
    await watching.goto(`/clusters/${clusterId}${part}`);
    await expect(bar(watching).getByRole('timer')).toBeVisible();
    await expect(bar(watching).getByRole('button')).toHaveCount(0);
  }
  await page.goto('/');
  const elsewhere = page.getByRole('region', { name: t('confirm.elsewhere') });
  await expect(elsewhere.getByRole('timer')).toBeVisible();
  await findsNothing(page, 'the overview while a change waits');
  await elsewhere.getByRole('link', { name: t('confirm.toChange') }).click();
  await expect(elsewhere).toHaveCount(0);
  await confirmed(page);
  await expect(bar(watching)).toHaveCount(0);
  await watching.context().close();
  await goesTo(other);
});

test('an operator goes back at once, and the cluster says that wanted is not applied', async ({ page }) => {
  await changedForLong(page, one);
  const applied = page.url();
  await page.goto(`/clusters/${clusterId}`);
  await word(page, 'revertNow').click();
  await expect(bar(page)).toHaveCount(0, longWait);
  await goesTo(other);
  await page.goto(applied);
  await expect(page.getByText(backTo('ordered')).first()).toBeVisible();
  await page.goto(`/clusters/${clusterId}`);
  await expect(page.getByRole('link', { name: t('cluster.reviewAndApply') })).toBeVisible();
});

test('what nobody confirms goes back by itself', async ({ page }) => {
  await changed(page, one, shortly);
  await expect(page.getByText(backTo('notConfirmed')).first()).toBeVisible(longWait);
  await goesTo(other);
});

test('with the panel killed in between it is there again, and is confirmed', async ({ page }) => {
  await changedForLong(page, one);
  const applied = page.url();
  await kill('panel');
  await openAgain(page, applied);
  await expect(bar(page).getByRole('timer')).toBeVisible(longWait);
  await confirmed(page);
  await goesTo(one);
});

test('with the agent killed in between it goes back by itself', async ({ page }) => {
  await changed(page, other, shortly);
  await kill('agent');
  await expect(page.getByText(backTo('notConfirmed')).first()).toBeVisible(longWait);
  await goesTo(one);
});

test('without a panel it goes back too, and the panel hears it when it is there again', async ({ page }) => {
  await changed(page, other, shortly);
  const applied = page.url();
  await kill('panel');
  await goesTo(one);
  await openAgain(page, applied);
  await expect(page.getByText(backTo('notConfirmed')).first()).toBeVisible(longWait);
});
