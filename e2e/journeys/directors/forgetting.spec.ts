// A director that does not answer is forgotten with its cluster: what stays on its host is said, and how it is undone; enrolled again it gives that up in order.
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { applyWith, create, order, planOf } from '../../weir/clusters.ts';
import { t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { apply, chooseTask } from '../../weir/screen.ts';
import { SecondAgent } from '../../weir/process/second-agent.ts';
import { ask, askTimes, shares } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';
import { ofThisTry, secondTryWithoutDirector } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });

const agent = new SecondAgent('127.0.0.1:9460');
const names = { first: 'lvs-first-name', renamed: 'lvs-z', cluster: 'left-behind' } as const;
let first: string;
let name: string;
let cluster: string;
const vip = '127.0.8.213';
const port = 8080;
let clusterId: string;
let api: Api;

secondTryWithoutDirector(agent.address, names.cluster);
test.beforeAll(async () => {
  [first, name, cluster] = [ofThisTry(names.first), ofThisTry(names.renamed), ofThisTry(names.cluster)];
  await agent.start();
  api = await Api.signedIn(administrator);
  const { directorId } = await api.mutate('directors.enrol', z.object({ directorId: z.string() }), { code: await agent.code(), name: first });
  const definition = tutorialCluster(directorId);
  clusterId = await create(api, {
    ...definition, name: cluster, vips: [{ address: vip, holder: directorId }],
    services: definition.services.map((service) => ({ ...service, match: { kind: 'address', protocol: 'tcp', vip, port } })),
  });
  await until('the cluster is applied', 20_000, async () => {
    const plan = await planOf(api, clusterId);
    if (plan.directors.some((director) => director.plan === null)) return false;
    const applyId = await order(api, plan);
    return until('the apply has ended', 15_000, async () => (await applyWith(api, applyId)).finishedAt !== null);
  });
});
test.afterAll(() => agent.end());

const row = (page: Page) => page.getByRole('table', { name: t('directors.all') }).getByRole('row').filter({ hasText: agent.address });
const dialog = (page: Page, what: string) => page.getByRole('dialog', { name: t('forgetting.title', { name: what }) });

/** To be looked at by a person, in both themes. */
async function pictured(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await findsNothing(page, `${what}, ${colorScheme}`);
    await page.screenshot({ path: path.resolve(import.meta.dirname, `../../test-results/looks/${what}-${colorScheme}.png`) });
  }
}

async function typeName(page: Page, what: string, typed: string): Promise<void> {
  await dialog(page, what).getByLabel(t('forgetting.type', { name: what })).fill(typed);
  await dialog(page, what).getByRole('button', { name: t('forgetting.submit', { name: what }) }).click();
}

test('a director gets another name, and is not removed while a cluster wants it', async ({ page }) => {
  await page.goto('/directors');
  await chooseTask(page, first, 'rename');
  const rename = page.getByRole('dialog', { name: t('renameDirector.title', { name: first }) });
  await rename.getByLabel(t('renameDirector.name')).fill(name);
  await rename.getByRole('button', { name: t('renameDirector.submit') }).click();
  await expect(rename).toHaveCount(0);
  await expect(row(page)).toContainText(name);
  await chooseTask(page, name, 'remove');
  const remove = page.getByRole('alertdialog');
  await remove.getByRole('button', { name: t('removeDirector.submit', { name }) }).click();
  await expect(remove.getByRole('alert')).toContainText(t('errors.directorHolds', { director: name, clusters: cluster }));
  await pictured(page, 'remove-director');
});

test('one that froze shows what stays and how to undo it, and is not forgotten while a cluster wants it', async ({ page }) => {
  expect(shares(await askTimes(2, vip, port))).toEqual({ '127.0.8.20': 1, '127.0.8.30': 1 });
  agent.freeze();
  await page.goto('/directors');
  await expect(row(page)).toContainText(t('links.silent'));
  await chooseTask(page, name, 'forget');
  const forget = dialog(page, name);
  await expect(forget).toContainText(t('forgetting.accepted', { revision: 1, cluster }));
  await expect(forget.getByRole('table')).toContainText(`tcp ${vip}:${port}`);
  await expect(forget).toContainText("pkill -KILL -f 'weir-agent.mjs run --data /var/lib/weir-agent'");
  await expect(forget).toContainText('rm -r /var/lib/weir-agent');
  await expect(forget).toContainText(`enrol --data /var/lib/weir-agent --address ${agent.address} --reset`);
  await expect(forget).not.toContainText('ipvsadm');
  await expect(forget.getByRole('button', { name: t('forgetting.copyCommand') })).toHaveCount(3);
  await expect(forget).toContainText(t('forgetting.wanted', { count: 1 }));
  await expect(forget.getByRole('link', { name: cluster })).toBeVisible();
  await expect(forget.getByRole('button', { name: t('forgetting.submit', { name }) })).toHaveCount(0);
  await pictured(page, 'forget-director-wanted');
});

test('its cluster is deleted by a revision that wants nothing, and forgotten where nobody answers', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('button', { name: t('clusterEnd.delete') }).click();
  const remove = page.getByRole('dialog', { name: t('clusterEnd.title', { name: cluster }) });
  await pictured(page, 'delete-cluster');
  await remove.getByRole('button', { name: t('clusterEnd.save', { next: 2 }) }).click();
  await expect(page.getByRole('heading', { name: t('changes.title', { name: cluster }) })).toBeVisible();
  await page.goto(`/clusters/${clusterId}`);
  await expect(page.getByText(t('clusterEnd.heldSilent', { directors: name }))).toBeVisible();
  await expect(page.getByRole('button', { name: t('clusterEnd.retire'), exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: t('clusterEnd.forget') }).click();
  await expect(dialog(page, cluster).getByRole('table')).toContainText(`tcp ${vip}:${port}`);
  await pictured(page, 'forget-cluster');
  await typeName(page, cluster, 'another');
  await expect(dialog(page, cluster).getByLabel(t('forgetting.type', { name: cluster }))).toHaveAccessibleDescription(t('errors.nameDiffers', { name: cluster }));
  await typeName(page, cluster, cluster);
  await expect(dialog(page, cluster)).toHaveCount(0);
  await expect(page.getByRole('main').getByText(`may still forward on ${name}`)).toBeVisible();
  await expect(page.getByRole('link', { name: t('cluster.edit'), exact: true })).toHaveCount(0);
  await page.goto('/clusters');
  await expect(page.getByRole('table', { name: t('clusters.all') }).getByRole('row').filter({ hasText: cluster })).toHaveCount(0);
  const retired = page.getByRole('table', { name: t('retiredClusters.title') }).getByRole('row').filter({ hasText: cluster });
  await expect(retired).toContainText(t('retiredClusters.forgotten', { directors: name }));
  await pictured(page, 'retired-clusters');
});

test('a director that came back meanwhile is not forgotten; one that is gone is', async ({ page }) => {
  await page.goto('/directors');
  await expect(row(page)).toContainText(t('links.silent'));
  await chooseTask(page, name, 'forget');
  await expect(dialog(page, name).getByRole('table')).toContainText(`tcp ${vip}:${port}`);
  await pictured(page, 'forget-director');
  agent.goOn();
  await typeName(page, name, name);
  await expect(dialog(page, name).getByRole('alert')).toContainText(t('errors.stillAnswers', { directors: name }));
  await agent.kill();
  await typeName(page, name, name);
  await expect(dialog(page, name)).toHaveCount(0);
  await expect(row(page)).toHaveCount(0);
  await expect(ask(vip, port), 'the proxy ended with its agent').rejects.toThrow(/ECONNREFUSED/);
});

test('started again it forwards as before, and enrolled again it gives that up in order', async ({ page }) => {
  await agent.start();
  await until('it forwards what it holds, for no panel', 15_000, async () => (await ask(vip, port)).startsWith('127.0.8.'));
  await api.mutate('directors.enrol', z.unknown(), { code: await agent.code(agent.address, { reset: true }), name });
  await page.goto('/directors');
  await expect(row(page)).toContainText(t('directors.unlisted'));
  await row(page).getByRole('link', { name: t('directors.unlisted') }).click();
  await expect(page.getByRole('main').getByText(`may still forward on ${name}`)).toBeVisible();
  await page.getByRole('link', { name: t('cluster.reviewAndApply') }).click();
  await apply(page);
  await expect(ask(vip, port)).rejects.toThrow(/ECONNREFUSED/);
  await page.goto('/directors');
  await chooseTask(page, name, 'remove');
  await page.getByRole('alertdialog').getByRole('button', { name: t('removeDirector.submit', { name }) }).click();
  await expect(row(page)).toHaveCount(0);
  expect(await agent.code(), 'it obeys nobody').toMatch(/^weir1-/);
});

test('the audit log says who did what, and what may have been left', async () => {
  const Entries = z.object({ entries: z.array(z.object({ action: z.string(), objectName: z.string().nullable(), after: z.unknown() })) });
  const { entries } = await api.query('audit.list', Entries, { limit: 200 });
  const of = (action: string) => entries.filter((entry) => entry.action === action && [name, cluster].includes(entry.objectName ?? ''));
  expect(of('directors.rename')).toHaveLength(1);
  expect(of('clusters.forget')).toEqual([expect.objectContaining({ after: { mayStillForwardOn: [expect.objectContaining({ director: name, revisions: [1] })] } })]);
  expect(of('directors.forget')).toEqual([expect.objectContaining({ after: expect.objectContaining({ mayStillForward: { count: 1, services: [`tcp ${vip}:${port}`] } }) })]);
  expect(of('directors.remove')).toEqual([expect.objectContaining({ after: { released: true } })]);
});
