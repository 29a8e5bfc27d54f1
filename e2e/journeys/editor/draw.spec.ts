// The tutorial's cluster is drawn from nothing, with the mouse and with the keyboard alone, and carries traffic that the drawing shows.
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { findsNothing } from '../../page/axe.ts';
import { press, tabTo, typeInto } from '../../page/keys.ts';
import { anyCount, t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { discardDraft } from '../../weir/cluster-form.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { dragOnto, drawing, field, node, palette, sidePanel } from '../../weir/drawing.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { apply, outcome } from '../../weir/screen.ts';
import { secondTryWithout } from '../second-try.ts';
import { askTimes, open, shares } from '../../weir/traffic.ts';

test.describe.configure({ mode: 'serial' });

const byMouse = { name: 'drawn', vip: '127.0.8.220', port: '8080' };
const byKeys = { name: 'drawn by keys', vip: '127.0.8.221', port: '8080' };
const rips = ['127.0.8.20', '127.0.8.30'] as const;
secondTryWithout(byMouse.name, byKeys.name);
// To be looked at by a person.
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');

async function begin(page: Page): Promise<void> {
  await discardDraft(page, null);
  await page.goto('/clusters/new');
  await expect(drawing(page)).toBeVisible();
}

async function ownName(): Promise<string> {
  const api = await Api.signedIn(administrator);
  const id = await ownDirector(api);
  const directors = await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string() })));
  return directors.find((each) => each.id === id)?.name ?? '';
}

/** The keyboard follows in the next frame. */
async function choose(what: Locator): Promise<void> {
  await what.click();
  await expect(what).toBeFocused();
}

test('drawn with the mouse, saved and applied, it answers', async ({ page }) => {
  test.setTimeout(180_000);
  const director = await ownName();
  await begin(page);
  // With one director, a new cluster begins with it.
  if (await node(page, 'director', director).count() === 0) {
    await palette(page).getByRole('button', { name: t('canvas.addDirector', { name: director }) }).click();
    await expect(field(page, t('clusterForm.dipIpv4'))).toBeFocused();
  }
  await expect(node(page, 'director', director)).toBeVisible();
  await choose(node(page, 'virtualService', t('canvas.nameless')));
  await page.getByRole('button', { name: t('canvas.delete'), exact: true }).click();
  await expect(node(page, 'virtualService', '')).toHaveCount(0);

  await palette(page).getByRole('button', { name: t('canvas.addService') }).dragTo(drawing(page));
  await field(page, t('clusterForm.name')).fill('web');
  await field(page, 'VIP').fill(byMouse.vip);
  await field(page, t('clusterForm.port')).fill(byMouse.port);
  const service = node(page, 'virtualService', 'web');
  await expect(service).toContainText(`${byMouse.vip}:${byMouse.port} tcp`);
  await dragOnto(page, service.locator('.weir-plug'), service, { x: 330, y: 140 });
  await field(page, t('clusterForm.name')).fill('rs-20');
  await field(page, 'RIP').fill(rips[0]);
  await field(page, t('clusterForm.port')).fill('8080');
  await expect(node(page, 'realServer', `${rips[0]}:8080`)).toBeVisible();
  await palette(page).getByRole('button', { name: t('canvas.addRealServer') }).dragTo(service);
  await field(page, t('clusterForm.name')).fill('rs-30');
  await field(page, 'RIP').fill(rips[1]);
  await expect(node(page, 'realServer', `${rips[1]}:8080`)).toBeVisible();

  // On the ground nothing is chosen: the cluster itself is beside it.
  await drawing(page).click({ position: { x: 400, y: 520 } });
  await page.getByRole('region', { name: t('clusterForm.cluster'), exact: true }).getByLabel(t('clusterForm.name')).fill(byMouse.name);
  await page.getByRole('button', { name: t('clusterForm.saveNew') }).click();
  await apply(page);
  expect(shares(await askTimes(6, byMouse.vip, 8080))).toEqual({ [rips[0]]: 3, [rips[1]]: 3 });
});

test('what flows is on the drawing while it is edited', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), byMouse.name);
  await page.goto(`/clusters/${id}/edit`);
  const service = node(page, 'virtualService', 'web');
  const opened = await Promise.all([1, 2, 3, 4].map(() => open(byMouse.vip, 8080)));
  await expect(service).toContainText(`${t('canvas.active')} 4`);
  await expect(node(page, 'realServer', rips[0])).toContainText(`${t('canvas.active')} 2`);
  await service.click();
  await field(page, t('clusterForm.name')).fill('web edited');
  await expect(node(page, 'virtualService', 'web edited')).toContainText(`◇ ${t('canvas.unsent.changed')}`);
  opened.pop()?.close();
  await expect(node(page, 'virtualService', 'web edited')).toContainText(`${t('canvas.active')} 3`);
  for (const connection of opened) connection.close();
  await expect(node(page, 'virtualService', 'web edited')).toContainText(`${t('canvas.active')} 0`);
  await discardDraft(page, id);
});

test('it is edited by hand, and each step is taken back by name', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), byMouse.name);
  await discardDraft(page, id);
  await page.goto(`/clusters/${id}/edit`);
  const servers = node(page, 'realServer', /:8080/);
  await expect(servers).toHaveCount(2);
  const service = node(page, 'virtualService', 'web').first();
  await choose(service);
  await page.keyboard.press('Control+d');
  await expect(node(page, 'virtualService', 'web')).toHaveCount(2);
  await expect(servers).toHaveCount(4);
  await expect(page.getByRole('button', { name: t('canvas.undoNamed', { name: t('edits.duplicateService', { service: 'web' }) }) })).toBeVisible();
  await field(page, t('clusterForm.name')).fill('copy');
  const copy = node(page, 'virtualService', 'copy');
  await expect(copy).toContainText(`◇ ${t('canvas.unsent.new')}`);
  // A real server that is dropped on another service goes there; a wire that is pulled onto one has its host serve both.
  await dragOnto(page, servers.first(), copy);
  await expect(copy).toContainText(t('canvas.realServers', { count: 3 }));
  await expect(service).toContainText(t('canvas.realServers', { count: 1 }));
  await page.keyboard.press('Control+z');
  await expect(service).toContainText(t('canvas.realServers', { count: 2 }));
  await page.keyboard.press('Control+Shift+z');
  await expect(service).toContainText(t('canvas.realServers', { count: 1 }));
  await dragOnto(page, service.locator('.weir-plug'), node(page, 'realServer', rips[0]).first());
  await expect(service).toContainText(t('canvas.realServers', { count: 2 }));
  // Copied from the one, pasted into the other.
  await choose(node(page, 'realServer', rips[1]).first());
  await page.keyboard.press('Control+c');
  await choose(service);
  await page.keyboard.press('Control+v');
  await expect(service).toContainText(t('canvas.realServers', { count: 3 }));
  await page.keyboard.press('Control+z');
  await expect(service).toContainText(t('canvas.realServers', { count: 2 }));
  // Found by what is known of it.
  await page.getByLabel(t('canvas.search')).fill(rips[1]);
  await expect(page.getByText(t('canvas.found', { at: 1, count: 2 }))).toBeVisible();
  await expect(drawing(page).locator('[aria-pressed=true]')).toContainText(rips[1]);
  await discardDraft(page, id);
});

for (const theme of ['light', 'dark'] as const) {
  test(`nothing is in the way of anybody, ${theme}`, async ({ page, context }) => {
    await context.addCookies([{ name: 'weir.theme', value: theme, url }]);
    const { id } = await clusterNamed(await Api.signedIn(administrator), byMouse.name);
    await discardDraft(page, id);
    await page.goto(`/clusters/${id}/edit`);
    await choose(node(page, 'virtualService', 'web'));
    await page.keyboard.press('a');
    await expect(field(page, t('clusterForm.name'))).toBeFocused();
    await page.keyboard.type('rs-40');
    await field(page, 'RIP').fill('127.0.8.40');
    await expect(node(page, 'realServer', '127.0.8.40')).toBeVisible();
    await page.screenshot({ path: `${pictures}/draw-${theme}.png` });
    await findsNothing(page, 'the drawing');
    await page.getByRole('button', { name: t('canvas.help'), exact: true }).click();
    await expect(page.getByRole('dialog', { name: t('canvas.help') })).toBeVisible();
    await findsNothing(page, 'its keys');
    await page.goto(`/clusters/${id}`);
    await expect(node(page, 'virtualService', 'web')).toBeVisible();
    await page.screenshot({ path: `${pictures}/picture-${theme}.png`, fullPage: true });
    await findsNothing(page, 'the cluster with its drawing');
    await discardDraft(page, id);
  });
}

async function fillService(page: Page): Promise<void> {
  await expect(field(page, t('clusterForm.name'))).toBeFocused();
  await page.keyboard.type('web');
  await typeInto(page, field(page, 'VIP'), byKeys.vip);
  await typeInto(page, field(page, t('clusterForm.port')), byKeys.port);
}

async function fillRealServer(page: Page, name: string, rip: string): Promise<void> {
  await expect(field(page, t('clusterForm.name'))).toBeFocused();
  await page.keyboard.type(name);
  await typeInto(page, field(page, 'RIP'), rip);
  await typeInto(page, field(page, t('clusterForm.port')), '8080');
}

test('drawn with the keyboard alone, saved and applied, it answers', async ({ page }) => {
  test.setTimeout(180_000);
  const director = await ownName();
  await begin(page);
  const service = node(page, 'virtualService', '');
  await tabTo(page, service);
  if (await node(page, 'director', director).count() === 0) {
    await press(page, palette(page).getByRole('button', { name: t('canvas.addDirector', { name: director }) }));
    await expect(field(page, t('clusterForm.dipIpv4'))).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(node(page, 'director', director)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(service).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await fillService(page);
  await page.keyboard.press('Escape');
  await expect(service).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(node(page, 'realServer', '')).toBeFocused();
  await page.keyboard.press('Enter');
  await fillRealServer(page, 'rs-20', rips[0]);
  await page.keyboard.press('Escape');
  await expect(node(page, 'realServer', rips[0])).toBeFocused();
  await page.keyboard.press('a');
  await fillRealServer(page, 'rs-30', rips[1]);
  await page.keyboard.press('Escape');
  await expect(node(page, 'realServer', rips[1])).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(node(page, 'realServer', rips[0])).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(service).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(node(page, 'director', director)).toBeFocused();
  await page.keyboard.press('Escape');
  await typeInto(page, sidePanel(page).getByRole('region', { name: t('clusterForm.cluster'), exact: true }).getByLabel(t('clusterForm.name')), byKeys.name);
  await press(page, page.getByRole('button', { name: t('clusterForm.saveNew') }));
  await press(page, page.getByRole('button', { name: anyCount('changes.apply') }));
  await expect(outcome(page, 'applied')).toBeVisible();
  expect(shares(await askTimes(6, byKeys.vip, 8080))).toEqual({ [rips[0]]: 3, [rips[1]]: 3 });
});
