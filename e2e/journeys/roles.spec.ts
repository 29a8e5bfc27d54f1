// Three roles: the pages say what a role may not, the procedures refuse it, and a smaller role ends what was signed in.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../weir/api.ts';
import { clusterNamed, planOf } from '../weir/clusters.ts';
import { administrator, signIn, type Person } from '../weir/people.ts';

test.describe.configure({ mode: 'serial' });

const viewer: Person = { name: 'Vera', email: 'vera@example.org', password: 'looks and touches nothing' };
const operator: Person = { name: 'Oskar', email: 'oskar@example.org', password: 'turns the weights around' };

async function pageOf(browser: Browser, person: Person): Promise<Page> {
  const page = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
  await signIn(page, person);
  return page;
}

test('the administrator adds a viewer and an operator', async ({ page }) => {
  await page.goto('/people');
  for (const [person, role] of [[viewer, 'Viewer'], [operator, 'Operator']] as const) {
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a person' });
    await dialog.getByLabel('Name').fill(person.name);
    await dialog.getByLabel('E-mail').fill(person.email);
    await dialog.getByLabel('Role').selectOption(role);
    await dialog.getByLabel('First password').fill(person.password);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('row').filter({ hasText: person.email })).toContainText(role);
  }
});

test('a viewer sees everything that is forwarded and can change nothing', async ({ browser }) => {
  const page = await pageOf(browser, viewer);
  const why = 'Operators and administrators can do this; you are a viewer.';
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(['Overview', 'Clusters', 'Directors']);
  await page.goto('/clusters');
  await expect(page.getByText(why)).toBeVisible();
  await expect(page.getByRole('link', { name: 'New cluster' })).toHaveCount(0);
  const api = await Api.signedIn(viewer);
  const { id, head } = await clusterNamed(api, 'tutorial');
  for (const place of ['edit', 'change', 'live']) {
    await page.goto(`/clusters/${id}/${place}`);
    await expect(page.getByText(why).first()).toBeVisible();
  }
  await expect(page.getByRole('table', { name: 'Real servers of web' })).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(0);
  const plan = await planOf(api, id);
  const refused = { code: 'roleTooSmall', params: { needed: 'operator' } };
  const forbidden = (procedure: string, input: unknown) => expect(api.mutate(procedure, z.unknown(), input), procedure).rejects.toMatchObject(refused);
  await forbidden('clusters.save', { clusterId: id, base: head.number, definition: head.definition, reason: '' });
  await forbidden('clusters.create', { definition: { ...head.definition, name: 'mine' }, reason: '' });
  await forbidden('clusters.createTutorial', {});
  await forbidden('changes.applyRevision', {
    clusterId: id, revision: plan.revision, onFailure: 'goOn',
    directors: plan.directors.map(({ directorId, plan: its }) => ({ directorId, digest: its?.digest, replaces: its?.replaces })),
  });
  await forbidden('sampleLoad.set', { on: true });
  await page.context().close();
});

test('an operator changes clusters, but neither directors nor people', async ({ browser }) => {
  const page = await pageOf(browser, operator);
  await page.goto('/clusters');
  await expect(page.getByRole('link', { name: 'New cluster' })).toBeVisible();
  for (const place of ['directors', 'people', 'audit']) {
    await page.goto(`/${place}`);
    await expect(page.getByText('Only administrators can do this.')).toBeVisible();
  }
  const api = await Api.signedIn(operator);
  const refused = { code: 'roleTooSmall', params: { needed: 'admin' } };
  await expect(api.query('people.list', z.unknown())).rejects.toMatchObject(refused);
  await expect(api.query('audit.list', z.unknown(), {})).rejects.toMatchObject(refused);
  await expect(api.mutate('people.create', z.unknown(), { ...viewer, email: 'v2@example.org', role: 'admin' })).rejects.toMatchObject(refused);
  await expect(api.mutate('directors.enrol', z.unknown(), { code: 'weir1-x', name: 'mine' })).rejects.toMatchObject(refused);
  await page.context().close();
});

test('nobody is let in without a session', async () => {
  const nobody = new Api('');
  for (const procedure of ['clusters.list', 'directors.list', 'people.list', 'sampleLoad.get', 'session.list']) {
    await expect(nobody.query(procedure, z.unknown()), procedure).rejects.toMatchObject({ code: 'signInNeeded' });
  }
});

test('a smaller role ends the sessions and streams of who had it, at once', async ({ page, browser }) => {
  const theirs = await pageOf(browser, operator);
  await theirs.goto('/');
  await expect(theirs.getByRole('button', { name: /^Live/ })).toBeVisible();
  const api = await Api.signedIn(operator);
  const { ended } = await api.stream();
  await page.goto('/people');
  await page.getByRole('button', { name: `Change the role of ${operator.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText("Ends the person's sessions at once.");
  await dialog.getByLabel('Role').selectOption('Viewer');
  await dialog.getByRole('button', { name: 'Set the role' }).click();
  await ended;
  await expect(theirs.getByText('You are signed out.', { exact: true })).toBeVisible();
  await expect(api.query('clusters.list', z.unknown())).rejects.toMatchObject({ code: 'signInNeeded' });
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await theirs.getByLabel('E-mail').fill(operator.email);
  await theirs.getByLabel('Password').fill(operator.password);
  await theirs.getByRole('button', { name: 'Sign in' }).click();
  await theirs.getByRole('link', { name: 'Clusters' }).click();
  await expect(theirs.getByText('Operators and administrators can do this; you are a viewer.')).toBeVisible();
  await theirs.context().close();
});

test('the last administrator cannot be made smaller', async ({ page }) => {
  await page.goto('/people');
  await page.getByRole('button', { name: `Change the role of ${administrator.name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Role').selectOption('Viewer');
  await dialog.getByRole('button', { name: 'Set the role' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is the last administrator. Make another one first.');
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: administrator.email })).toContainText('Administrator');
});
