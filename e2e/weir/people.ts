// The people of the journeys, and how they sign in.
import path from 'node:path';
import { expect, type Page } from '@playwright/test';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const administrator: Person = { name: 'Ada', email: 'ada@example.org', password: 'a sluice in the old weir' };

/** The administrator's cookies: written by the first run, used by all journeys after it. */
export const administratorState = path.resolve(import.meta.dirname, '../test-results/.administrator.json');

export async function signIn(page: Page, { name, email, password }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name })).toBeVisible();
}
