// A second director comes in through the page with a code from its host, and again after its agent forgot the panel; a bad code says what is wrong and leaves nothing behind.
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { applyWith, create, order, planOf, save, clusterWith } from '../../weir/clusters.ts';
import { administrator } from '../../weir/people.ts';
import { chooseTask } from '../../weir/screen.ts';
import { SecondAgent } from '../../weir/process/second-agent.ts';
import { askTimes, shares } from '../../weir/traffic.ts';
import { until } from '../../weir/until.ts';
import { secondTryWithoutDirector } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });

const agent = new SecondAgent('127.0.0.1:9450');
const name = 'lvs-b';
const vip = '127.0.8.212';
const port = 8080;
let clusterId: string;

secondTryWithoutDirector(agent.address, 'elsewhere');
test.beforeAll(() => agent.start());
test.afterAll(() => agent.end());

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Enrol a director' });
const directors = (page: Page) => page.getByRole('table', { name: 'All directors' }).getByRole('row');

async function enrol(page: Page, code: string): Promise<void> {
  await dialog(page).getByLabel('Code').fill(code);
  await dialog(page).getByLabel('Name').fill(name);
  await dialog(page).getByRole('button', { name: 'Enrol', exact: true }).click();
}

async function begin(page: Page): Promise<void> {
  await page.goto('/directors');
  await page.getByRole('button', { name: 'Enrol a director' }).click();
}

test('what is no code, or not all of one, is said at the field', async ({ page }) => {
  await begin(page);
  const whole = await agent.code();
  for (const code of ['nonsense', 'weir1-', whole.slice(0, -1), whole.slice(0, 40), `${whole}x`, whole.replace('weir1-', 'weir2-')]) {
    await enrol(page, code);
    await expect(dialog(page).getByLabel('Code')).toHaveAccessibleDescription(/Not a whole enrolment code\. Copy all of what weir-agent enrol printed/);
  }
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
});

test('a code for an address where no agent is says that nobody answers', async ({ page }) => {
  await begin(page);
  await enrol(page, await agent.code('127.0.0.1:9451'));
  await expect(dialog(page).getByRole('alert')).toContainText('127.0.0.1:9451 does not answer');
});

test('a code for an address that a director has already names that director and offers to enrol it again', async ({ page }) => {
  await begin(page);
  await enrol(page, await agent.code('127.0.0.1:9448'));
  await expect(dialog(page).getByRole('alert')).toContainText(/ is enrolled at 127\.0\.0\.1:9448 already\./);
  await expect(dialog(page).getByRole('button', { name: /^Enrol .+ again$/ })).toBeVisible();
});

test('an older code is refused, and after five tries the newest too', async ({ page }) => {
  await begin(page);
  const older = await agent.code();
  const newest = await agent.code();
  for (let tries = 0; tries < 5; tries += 1) {
    const answered = page.waitForResponse((response) => response.url().includes('directors.enrol'));
    await enrol(page, older);
    await answered;
    await expect(dialog(page).getByRole('alert')).toContainText('The director does not know this code. Print a new one with weir-agent enrol.');
  }
  await enrol(page, newest);
  await expect(dialog(page).getByRole('alert')).toContainText('The code is older than 15 minutes, was tried 5 times, or is not the newest.');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await expect(directors(page).nth(1)).toBeVisible();
  await expect(directors(page).filter({ hasText: name }), 'nothing is left of what was refused').toHaveCount(0);
});

test('a good code enrols the director, which is connected from then on', async ({ page }) => {
  await begin(page);
  await enrol(page, await agent.code());
  await expect(dialog(page)).toHaveCount(0);
  const row = directors(page).filter({ hasText: name });
  await expect(row).toContainText('connected');
  await expect(row).toContainText('proxy');
  await expect(row).toContainText(agent.address);
  await expect(agent.code()).rejects.toThrow(/obeys the panel/);
});

/** Saves what gives the second real server that weight, and applies it. */
async function give(api: Api, weight: number): Promise<void> {
  const cluster = await clusterWith(api, clusterId);
  const { definition } = cluster.head;
  await save(api, cluster, {
    ...definition,
    services: definition.services.map((service) => ({
      ...service, realServers: service.realServers.map((realServer, index) => (index === 1 ? { ...realServer, weight } : realServer)),
    })),
  });
  await applyNow(api);
}

async function applyNow(api: Api): Promise<void> {
  const applyId = await order(api, await planOf(api, clusterId));
  const apply = await until('the apply has ended', 15_000, async () => {
    const found = await applyWith(api, applyId);
    return found.finishedAt === null ? null : found;
  });
  expect(apply.directors.map(({ report }) => report?.outcome.kind)).toEqual(['applied']);
}

const history = (api: Api) => api.query('changes.list', z.array(z.object({ id: z.string(), revision: z.int() })), { clusterId });

test('whose agent forgot the panel is lost to it, goes on forwarding, and is enrolled again from its row with its rules and its history', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  const known = (await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string() })))).find((director) => director.name === name);
  const definition = tutorialCluster(known?.id ?? '');
  clusterId = await create(api, {
    ...definition, name: 'elsewhere', vips: [{ address: vip, holder: known?.id ?? null }],
    services: definition.services.map((service) => ({ ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip, port } })),
  });
  await applyNow(api);
  await give(api, 2);
  const before = await history(api);
  await page.goto('/directors');
  const row = directors(page).filter({ hasText: agent.address });
  await expect(row).toContainText('connected');
  await expect(row).toContainText('elsewhere revision 2');

  const code = await agent.code(agent.address, { reset: true });
  await expect(row).toContainText('refuses · last seen');
  expect(shares(await askTimes(6, vip, port)), 'it forwards without a panel').toEqual({ '127.0.8.20': 2, '127.0.8.30': 4 });
  await chooseTask(page, name, 'enrolAgain');
  const again = page.getByRole('dialog', { name: `Enrol ${name} again` });
  await expect(again).toContainText(`--address ${agent.address} --reset`);
  await expect(again).toContainText(`${name} keeps its name and its clusters.`);
  await again.getByLabel('Code').fill(code);
  await again.getByRole('button', { name: `Enrol ${name} again` }).click();
  await expect(again).toHaveCount(0);
  await expect(row).toContainText('connected');
  await expect(row).toContainText('elsewhere revision 2');
  await expect(row).toContainText('none');

  expect(await history(api)).toEqual(before);
  expect(shares(await askTimes(6, vip, port))).toEqual({ '127.0.8.20': 2, '127.0.8.30': 4 });
  await give(api, 3);
  expect(shares(await askTimes(8, vip, port)), 'it obeys again').toEqual({ '127.0.8.20': 2, '127.0.8.30': 6 });
});

test('a director that ends is shown as silent since then, and can be enrolled again', async ({ page }) => {
  await page.goto('/directors');
  const row = directors(page).filter({ hasText: name });
  await expect(row).toContainText('connected');
  await agent.end();
  await expect(row).toContainText(/silent · last seen \d\d:\d\d:\d\d · /);
  await chooseTask(page, name, 'enrolAgain');
  await expect(page.getByRole('dialog', { name: `Enrol ${name} again` })).toBeVisible();
});
