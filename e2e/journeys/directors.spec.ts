// A second director comes in through the page with a code from its host; a bad code says what is wrong and leaves nothing behind.
import { expect, test, type Page } from '@playwright/test';
import { SecondAgent } from '../weir/second-agent.ts';

test.describe.configure({ mode: 'serial' });

const agent = new SecondAgent('127.0.0.1:9450');
const name = 'lvs-b';

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
  await expect(directors(page), 'nothing is left of what was refused').toHaveCount(2);
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

test('a director that ends is shown as silent since then, and can be enrolled again', async ({ page }) => {
  await page.goto('/directors');
  const row = directors(page).filter({ hasText: name });
  await expect(row).toContainText('connected');
  await agent.end();
  await expect(row).toContainText(/silent · last seen \d\d:\d\d:\d\d · /);
  await row.getByRole('button', { name: `Enrol again ${name}…` }).click();
  const again = page.getByRole('dialog', { name: `Enrol ${name} again` });
  await expect(again).toContainText(`--address ${agent.address} --reset`);
  await expect(again).toContainText(`${name} keeps its name and its clusters.`);
});
