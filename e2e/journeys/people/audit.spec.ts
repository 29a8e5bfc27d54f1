// The audit log: looked through by its filter, read as differences, and taken along as a file that holds what was found and no more.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { cutTables } from '../../page/cut-tables.ts';
import { clusterNamed, create, giveUp, ownDirector, save } from '../../weir/clusters.ts';
import { t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { rowsOf } from '../../weir/screen.ts';

const name = 'looked-up';
const reason = 'as, "it" was\tmeant';

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const definition = tutorialCluster(await ownDirector(api));
  await create(api, {
    ...definition, name, vips: [{ address: '192.0.2.21', holder: null }],
    services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip: '192.0.2.21', port: 80 } })),
  });
  const cluster = await clusterNamed(api, name);
  await save(api, cluster, { ...cluster.head.definition, vips: cluster.head.definition.vips.map((vip) => ({ ...vip, holder: definition.directors[0]?.directorId ?? null })) }, reason);
});

test('the filter finds what was done to one object, says what changed, and stands in the address', async ({ page }) => {
  await page.goto('/audit');
  const filter = page.getByRole('search', { name: t('audit.filter') });
  await filter.getByLabel(t('audit.actor'), { exact: true }).fill(administrator.name);
  await filter.getByLabel(t('audit.actionBegins'), { exact: true }).fill('clusters.');
  await filter.getByLabel(t('audit.object'), { exact: true }).fill(name);
  await filter.getByRole('button', { name: t('audit.find') }).click();
  const table = page.getByRole('table', { name: t('audit.title') });
  await expect.poll(async () => (await rowsOf(table)).map((row) => row[t('audit.action')])).toEqual([t('audit.actions.clusters.save'), t('audit.actions.clusters.create')].map((words) => expect.stringContaining(words)));
  const revision = t('audit.changed', { what: t('audit.fields.revision'), before: 1, after: 2 });
  await expect(table.getByRole('row').nth(1)).toContainText(revision);
  await findsNothing(page, 'the audit log with a filter');
  const address = new URL(page.url());
  expect(Object.fromEntries(address.searchParams)).toMatchObject({ action: 'clusters.', object: name });
  await page.goto(address.href);
  await expect(table.getByRole('row')).toHaveCount(3);
  await table.getByRole('link', { name: t('audit.differences') }).click();
  await expect(page.getByRole('heading', { name: t('revision.title', { number: 2, name }) })).toBeVisible();
  await expect(page).toHaveURL(/from=1/);
});

test('what was found is exported, line by line, and the export is in the log itself', async ({ page }) => {
  await page.goto(`/audit?action=clusters.&object=${name}`);
  const saved: string[] = [];
  for (const format of ['csv', 'jsonl'] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t(`audit.export.${format}`) }).click()]);
    saved.push(readFileSync(await download.path(), 'utf8'));
  }
  const [csv = '', jsonl = ''] = saved;
  expect(csv.startsWith('\u{FEFF}id,at,actorId,actorName,action,')).toBe(true);
  expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
  const entries = jsonl.trimEnd().split('\n').map((line): unknown => JSON.parse(line));
  expect(entries).toHaveLength(2);
  expect(entries).toContainEqual(expect.objectContaining({ action: 'clusters.save', actorName: administrator.name, objectName: name, after: expect.objectContaining({ revision: 2, reason }) }));
  await page.goto('/audit?action=audit');
  await expect(page.getByRole('table', { name: t('audit.title') }).getByRole('row').nth(2)).toContainText('csv');
});

test('what nothing is like says so, and all comes back', async ({ page }) => {
  await page.goto('/audit?object=nothing-has-this-name');
  await expect(page.getByText(t('audit.nothingFound'))).toBeVisible();
  await page.getByRole('button', { name: t('audit.all') }).click();
  await expect(page.getByRole('table', { name: t('audit.title') }).getByRole('row').nth(5)).toBeVisible();
});

test('a cluster of the longest name, in one word, makes the table no wider than its panel', async ({ page }) => {
  const longest = 'w'.repeat(100);
  const api = await Api.signedIn(administrator);
  const definition = tutorialCluster(await ownDirector(api));
  await create(api, {
    ...definition, name: longest, vips: [{ address: '192.0.2.22', holder: null }],
    services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip: '192.0.2.22', port: 80 } })),
  });
  // Out of the way of the journeys after this one; the log keeps its name.
  await giveUp(api, longest);
  await page.goto(`/audit?object=${longest}`);
  const table = page.getByRole('table', { name: t('audit.title') });
  await expect(table.getByRole('row').filter({ hasText: longest }).nth(2)).toBeVisible();
  expect(await cutTables(page)).toEqual([]);
});
