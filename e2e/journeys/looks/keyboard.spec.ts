// With the keyboard alone: from signing in over a new cluster and a weight by hand to signing out, and the shortest way to an applied weight.
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { clusterName, discardDraft, realServerRow, servicePart } from '../../weir/cluster-form.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { go, openRow, press, tabTo, typeInto } from '../../page/keys.ts';
import { anyCount, pattern, t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { outcome, rowsOf } from '../../weir/screen.ts';
import { secondTryWithout } from '../second-try.ts';
import { askTimes, shares } from '../../weir/traffic.ts';

test.use({ storageState: { cookies: [], origins: [] } });

const vip = '127.0.8.209';
const port = 8080;
const scripts = /\.js(\?|$)/;
const exactly = { exact: true };
secondTryWithout('keys');

async function signInByKeys(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await tabTo(page, page.getByLabel(t('signIn.email')));
  await page.keyboard.type(administrator.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: t('overview.title') })).toBeVisible();
}

async function openCluster(page: Page, name: string): Promise<void> {
  await go(page, 'c', '/clusters');
  await openRow(page, page.getByRole('table', { name: t('clusters.all') }), name);
  await expect(page.getByRole('heading', { name, ...exactly })).toBeVisible();
}

async function weights(name: string): Promise<number[]> {
  const { head } = await clusterNamed(await Api.signedIn(administrator), name);
  return head.definition.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));
}

/** Where there are several directors, one is chosen. */
async function chooseDirector(page: Page): Promise<void> {
  const api = await Api.signedIn(administrator);
  const id = await ownDirector(api);
  const own = (await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string() })))).find((each) => each.id === id);
  const part = page.getByRole('region', { name: t('clusterForm.directors'), ...exactly });
  if (own === undefined || await part.getByRole('button', { name: t('clusterForm.removeDirector', { name: own.name }) }).count() > 0) return;
  await typeInto(page, part.getByLabel(t('clusterForm.addDirector'), exactly), own.name);
  await press(page, part.getByRole('button', { name: t('clusterForm.add'), ...exactly }));
}

async function fillByKeys(page: Page): Promise<void> {
  await typeInto(page, clusterName(page), 'keys');
  await chooseDirector(page);
  const service = servicePart(page);
  await typeInto(page, service.getByLabel(t('clusterForm.name'), exactly).first(), 'web');
  await typeInto(page, service.getByLabel('VIP', exactly), vip);
  await typeInto(page, service.getByLabel(t('clusterForm.port'), exactly).first(), String(port));
  await typeInto(page, service.getByLabel(t('clusterForm.scheduler'), exactly), 'wrr');
  for (const [index, rip] of ['127.0.8.20', '127.0.8.30'].entries()) {
    if (index > 0) await press(page, page.getByRole('button', { name: t('clusterForm.addRealServer') }));
    const row = realServerRow(page, index);
    // A new row has the focus in its first field.
    if (index === 0) await tabTo(page, row.getByLabel(t('clusterForm.name'), exactly));
    else await expect(row.getByLabel(t('clusterForm.name'), exactly)).toBeFocused();
    await page.keyboard.type(`rs-${index}`);
    await typeInto(page, row.getByLabel('RIP', exactly), rip);
    await typeInto(page, row.getByLabel(t('clusterForm.port'), exactly), '8080');
    await typeInto(page, row.getByLabel(t('clusterForm.weight'), exactly), '4');
  }
}

test('a cluster is made and applied, a weight is set by hand and ended, without a pointer', async ({ page }) => {
  test.setTimeout(180_000);
  await signInByKeys(page);
  await go(page, 'c', '/clusters');
  await discardDraft(page, null);
  await press(page, page.getByRole('link', { name: t('clusters.create') }));
  await expect(page.getByRole('heading', { name: t('clusterForm.newTitle') })).toBeVisible();
  await press(page, page.getByRole('button', { name: t('canvas.views.form'), exact: true }));
  await fillByKeys(page);
  await press(page, page.getByRole('button', { name: t('clusterForm.saveNew') }));
  await press(page, page.getByRole('button', { name: anyCount('changes.apply') }));
  await expect(outcome(page, 'applied')).toBeVisible();
  expect(shares(await askTimes(4, vip, port))).toEqual({ '127.0.8.20': 2, '127.0.8.30': 2 });

  await openCluster(page, 'keys');
  await press(page, page.getByRole('button', { name: t('overrides.title', { realServer: 'rs-0' }) }));
  const dialog = page.getByRole('dialog', { name: t('overrides.title', { realServer: 'rs-0' }) });
  await expect(dialog.getByLabel(t('overrides.kind'), exactly)).toBeFocused();
  await typeInto(page, dialog.getByLabel(t('overrides.weight'), exactly), '0');
  await findsNothing(page, 'the order of a weight');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const said = async () => (await rowsOf(page.getByRole('table', { name: t('service.realServersOf', { service: 'web' }) })))[0]?.[t('overrides.override')];
  await expect.poll(said).toMatch(pattern('overrides.standing', { weight: 0, defined: 4, cause: t('overrides.causes.manual'), author: administrator.name, end: /.+/ }));
  expect(shares(await askTimes(4, vip, port))).toEqual({ '127.0.8.30': 4 });
  await press(page, page.getByRole('button', { name: t('overrides.end'), ...exactly }));
  await expect.poll(said).toBe('—');
  expect(shares(await askTimes(4, vip, port))).toEqual({ '127.0.8.20': 2, '127.0.8.30': 2 });

  await press(page, page.getByRole('button', { name: administrator.name, ...exactly }));
  await press(page, page.getByRole('button', { name: t('personMenu.signOut') }));
  await expect(page.getByRole('heading', { name: t('signIn.title') })).toBeVisible();
});

test('the first stop leads past the navigation, and an arrow key changes a weight', async ({ page }) => {
  const [first = 0, second = 0] = await weights('tutorial');
  await signInByKeys(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('shell.skip') })).toBeFocused();
  await openCluster(page, 'tutorial');
  await press(page, page.getByRole('link', { name: t('cluster.edit') }));
  await press(page, page.getByRole('button', { name: t('canvas.views.form'), exact: true }));
  await tabTo(page, realServerRow(page, 1).getByLabel(t('clusterForm.weight')));
  await page.keyboard.press('ArrowUp');
  await press(page, page.getByRole('button', { name: t('clusterForm.saveRevision') }));
  await press(page, page.getByRole('button', { name: t('changes.apply', { count: 1 }) }));
  await expect(outcome(page, 'applied')).toBeVisible();
  expect(await weights('tutorial')).toEqual([first, second + 1]);
});

test('keys pressed on a page that is drawn but has no scripts yet are heard when it has', async ({ page }) => {
  await signInByKeys(page);
  // Held until the route is taken away again.
  await page.route(scripts, () => undefined);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: t('overview.title') })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.unroute(scripts);
  await expect(page).toHaveURL('/directors');
  await expect(page.getByRole('heading', { name: t('directors.title'), ...exactly })).toBeVisible();
});

test('? lists the keys by where they work, and gives the focus back', async ({ page }) => {
  await signInByKeys(page);
  const link = page.getByRole('navigation', { name: t('nav.label') }).getByRole('link', { name: t('nav.clusters'), ...exactly });
  await link.focus();
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: t('shortcuts.title') })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const sheet = page.getByRole('dialog', { name: t('shortcuts.title') });
  for (const group of ['everywhere', 'tables', 'charts', 'definitions'] as const) await expect(sheet.getByRole('heading', { name: t(`shortcuts.groups.${group}`), ...exactly })).toBeVisible();
  await findsNothing(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(link).toBeFocused();
});

test('a dialog takes the focus, keeps it, and gives it back', async ({ page }) => {
  await signInByKeys(page);
  await go(page, 'd', '/directors');
  const button = page.getByRole('button', { name: t('directors.enrol') });
  await press(page, button);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel(t('enrol.code'), exactly)).toBeFocused();
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press('Tab');
    // At either end a guard beside the dialog has the focus for a moment, and hands it on.
    await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});
