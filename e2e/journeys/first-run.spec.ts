// The first administrator is made with the one-time link, and signs out and in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api, Refused } from '../weir/api.ts';
import { t } from '../page/look.ts';
import { administrator, administratorState, openPersonMenu, signIn } from '../weir/people.ts';
import { running } from '../weir/running.ts';
import { alert } from '../weir/screen.ts';

function setupLink(): URL {
  return new URL(running().setupLink);
}

async function fill(page: Page): Promise<void> {
  await page.getByLabel(t('setup.name')).fill(administrator.name);
  await page.getByLabel(t('setup.email')).fill(administrator.email);
  await page.getByLabel(t('setup.password')).fill(administrator.password);
}

test('a link with another token makes nobody, and the page says so before anything is filled in', async ({ page }) => {
  const wrong = setupLink();
  wrong.searchParams.set('token', 'A'.repeat(43));
  await page.goto(wrong.href);
  await expect(alert(page)).toContainText(t('errors.setupLinkInvalid'));
  await expect(page.getByRole('button', { name: t('setup.submit') })).toHaveCount(0);
  await page.goto('/setup');
  await expect(alert(page)).toContainText(t('setup.noToken'));
});

test('the link makes the first administrator', async ({ page }) => {
  await page.goto(setupLink().href);
  await page.getByLabel(t('setup.name')).fill(administrator.name);
  await page.getByLabel(t('setup.email')).fill('no address');
  await page.getByLabel(t('setup.password')).fill('short');
  await page.getByRole('button', { name: t('setup.submit') }).click();
  await expect(page.getByText(t('validation.email'))).toBeVisible();
  await expect(page.getByText(t('validation.tooShort', { minimum: 12 })).first()).toBeVisible();
  await fill(page);
  await page.getByRole('button', { name: t('setup.submit') }).click();
  await expect(page.getByRole('heading', { name: t('overview.title') })).toBeVisible();
  await expect(page.getByRole('button', { name: administrator.name, exact: true })).toBeVisible();
});

test('the link works once', async ({ page }) => {
  await page.goto(setupLink().href);
  await expect(page.getByText(t('setup.done'))).toBeVisible();
  const again = new Api('').mutate('setup.createAdmin', z.unknown(), {
    token: setupLink().searchParams.get('token'), name: 'Eve', email: 'eve@example.org', password: 'another long password',
  });
  await expect(again).rejects.toThrow(Refused);
  await expect(again).rejects.toMatchObject({ code: 'setupLinkInvalid' });
  expect(existsSync(path.join(running().dataDir, 'panel/setup-link'))).toBe(false);
});

test('a page asked for by nobody leads to signing in, and then to that page', async ({ page }) => {
  await page.goto('/directors');
  await page.getByLabel(t('signIn.email')).fill(administrator.email);
  await page.getByLabel(t('signIn.password')).fill(administrator.password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await expect(page.getByRole('heading', { name: t('directors.title'), exact: true })).toBeVisible();
});

test('a wrong password and an unknown person get the same sentence', async ({ page }) => {
  const said: string[] = [];
  for (const email of [administrator.email, 'nobody@example.org']) {
    await page.goto('/sign-in');
    await page.getByLabel(t('signIn.email')).fill(email);
    await page.getByLabel(t('signIn.password')).fill('not the password');
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(alert(page)).toContainText(t('errors.signInRefused'));
    said.push(await alert(page).innerText());
  }
  expect(said[0]).toBe(said[1]);
});

test('signing out ends the session, and signing in begins another', async ({ page, context }) => {
  await signIn(page, administrator);
  const before = await context.cookies();
  await openPersonMenu(page, administrator);
  await page.getByRole('button', { name: t('personMenu.signOut') }).click();
  await expect(page.getByRole('heading', { name: t('signIn.title') })).toBeVisible();
  const ended = new Api(before.map(({ name, value }) => `${name}=${value}`).join('; '));
  await expect(ended.query('clusters.list', z.unknown())).rejects.toMatchObject({ code: 'signInNeeded' });
  await signIn(page, administrator);
  await context.storageState({ path: administratorState });
});
