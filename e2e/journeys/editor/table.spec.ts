// The draft as a table: edited with the keyboard alone, and the review shows what was changed.
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { findsNothing } from '../../page/axe.ts';
import { tabTo } from '../../page/keys.ts';
import { t } from '../../page/look.ts';
import { Api } from '../../weir/api.ts';
import { discardDraft, saveAndReview, showForm } from '../../weir/cluster-form.ts';
import { create, ownDirector } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';

test.describe.configure({ mode: 'serial' });

const vip = '127.0.8.223';
// To be looked at by a person.
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
let clusterId: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  const tutorial = tutorialCluster(director);
  clusterId = await create(api, {
    ...tutorial, name: `tabled ${Date.now()}`, vips: [{ address: vip, holder: director }],
    services: tutorial.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' as const }, match: { kind: 'address' as const, protocol: 'tcp' as const, vip, port: 10_000 + (Date.now() % 50_000) },
    })),
  });
});

const table = (page: Page) => page.getByRole('grid');
const row = (page: Page, name: string) => table(page).getByRole('row').filter({ has: page.getByRole('checkbox', { name: t('draftTable.selectRow', { name }), exact: true }) });
const cell = (page: Page, name: string, column: string): Locator => row(page, name).locator(`[data-column=${column}]`);

async function openTable(page: Page): Promise<void> {
  await discardDraft(page, clusterId);
  await page.goto(`/clusters/${clusterId}/edit?view=table`);
  await expect(row(page, 'rs-30')).toBeVisible();
}

test('with the keyboard alone a weight is changed and a real server added, and the review shows both', async ({ page }) => {
  await openTable(page);
  await tabTo(page, cell(page, 'web', 'name'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(cell(page, 'rs-20', 'weight')).toBeFocused();
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(cell(page, 'rs-20', 'weight')).toHaveText('7');
  await expect(cell(page, 'rs-30', 'weight')).toBeFocused();
  await page.keyboard.press('Insert');
  const typed = table(page).getByRole('textbox');
  await expect(typed).toBeFocused();
  for (const text of ['rs-40', '127.0.8.40']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await expect(typed).toHaveValue('8080');
  await page.keyboard.press('Escape');
  await expect(cell(page, 'rs-40', 'address')).toHaveText('127.0.8.40');
  await expect(row(page, 'rs-40')).toContainText('◇');
  // A step too many, and back.
  await page.keyboard.press('Delete');
  await expect(row(page, 'rs-40')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(row(page, 'rs-40')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: t('clusterForm.saveRevision') }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toContainText('127.0.8.40:8080');
  await expect(page.getByRole('main')).toContainText(/127\.0\.8\.20:8080.*7/s);
});

test('form and table show the same draft, and several rows are changed at once', async ({ page }) => {
  await openTable(page);
  await cell(page, 'rs-20', 'weight').click();
  for (let more = 0; more < 2; more += 1) await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText(t('draftTable.selected', { count: 3 }))).toBeVisible();
  await page.keyboard.type('12');
  await page.keyboard.press('Control+Enter');
  for (const name of ['rs-20', 'rs-30', 'rs-40']) await expect(cell(page, name, 'weight')).toHaveText('12');
  await showForm(page);
  for (const index of [0, 1, 2]) await expect(page.getByLabel(t('clusterForm.weight')).nth(index)).toHaveValue('12');
  await page.keyboard.press('Control+z');
  for (const [index, weight] of ['7', '1', '1'].entries()) await expect(page.getByLabel(t('clusterForm.weight')).nth(index)).toHaveValue(weight);
  await page.getByRole('button', { name: t('canvas.views.table'), exact: true }).click();
  await expect(page).toHaveURL(/view=table/);
  await cell(page, 'rs-30', 'weight').dblclick();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await saveAndReview(page);
});

for (const theme of ['light', 'dark'] as const) {
  test(`nothing is in the way of anybody in the table, ${theme}`, async ({ page, context }) => {
    await context.addCookies([{ name: 'weir.theme', value: theme, url }]);
    await openTable(page);
    await cell(page, 'rs-20', 'address').click();
    await page.keyboard.press('Enter');
    await page.keyboard.type('127.0.8.30');
    await page.keyboard.press('Enter');
    await expect(table(page).locator('[aria-invalid=true]').first()).toBeVisible();
    await page.keyboard.press('Insert');
    await expect(table(page).getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await expect(page.getByText(t('draftTable.selected', { count: 1 }))).toBeVisible();
    await page.screenshot({ path: `${pictures}/table-${theme}.png` });
    await findsNothing(page, 'the table');
    await page.keyboard.press('F2');
    await expect(table(page).getByRole('textbox')).toBeFocused();
    await findsNothing(page, 'a cell that is typed in');
    await page.keyboard.press('Escape');
    await discardDraft(page, clusterId);
  });
}
