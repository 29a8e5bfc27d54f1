// The people of the journeys, and how they sign in.
import path from 'node:path';
import { expect, type Browser, type Page } from '@playwright/test';
import { z } from 'zod';
import { t } from '../page/look.ts';
import { Refused, type Api } from './api.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const administrator: Person = { name: 'Ada', email: 'ada@example.org', password: 'a sluice in the old weir' };

/** The administrator's cookies: written by the first run, used by all journeys after it. */
export const administratorState = path.resolve(import.meta.dirname, '../test-results/.administrator.json');

/** There from now on, also where the first try of a journey made them. */
export async function present(api: Api, person: Person, role: 'viewer' | 'operator'): Promise<void> {
  await api.mutate('people.create', z.unknown(), { ...person, role }).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.code !== 'emailTaken') throw error;
  });
}

/** A browser of their own, signed in. */
export async function pageOf(browser: Browser, person: Person): Promise<Page> {
  const page = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
  await signIn(page, person);
  return page;
}

export async function signIn(page: Page, { name, email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(t('signIn.email')).fill(email);
  await page.getByLabel(t('signIn.password')).fill(password);
  await page.getByRole('button', { name: t('signIn.submit') }).click();
  await expect(page.getByRole('button', { name, exact: true })).toBeVisible();
}

/** A page that is drawn hears a click only when its scripts are there. */
export async function openPersonMenu(page: Page, { name }: Person): Promise<void> {
  const menu = page.getByRole('button', { name, exact: true });
  await expect(async () => {
    if (await menu.getAttribute('aria-expanded') !== 'true') await menu.click();
    await expect(menu).toHaveAttribute('aria-expanded', 'true', { timeout: 1_000 });
  }).toPass();
}
