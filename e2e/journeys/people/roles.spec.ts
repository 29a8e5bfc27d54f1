// Three roles: the pages say what a role may not, the procedures refuse it, and a smaller role ends what was signed in.
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { clusterNamed, planOf } from '../../weir/clusters.ts';
import { findsNothing } from '../../page/axe.ts';
import { pattern, t } from '../../page/look.ts';
import { administrator, pageOf, type Person } from '../../weir/people.ts';
import { secondTryWithoutPeople } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });

const viewer: Person = { name: 'Vera', email: 'vera@example.org', password: 'looks and touches nothing' };
const operator: Person = { name: 'Oskar', email: 'oskar@example.org', password: 'turns the weights around' };

secondTryWithoutPeople(viewer.email, operator.email);

test('the administrator adds a viewer and an operator', async ({ page }) => {
  await page.goto('/people');
  // A click is heard when the page's scripts are there, which have asked for the people.
  await expect(page.getByRole('row').filter({ hasText: administrator.email })).toBeVisible();
  for (const [person, role] of [[viewer, t('roles.names.viewer')], [operator, t('roles.names.operator')]] as const) {
    await page.getByRole('button', { name: t('people.create') }).click();
    const dialog = page.getByRole('dialog', { name: t('people.create') });
    await dialog.getByLabel(t('people.name')).fill(person.name);
    await dialog.getByLabel(t('people.email')).fill(person.email);
    await dialog.getByLabel(t('people.role')).selectOption(role);
    if (person === operator) {
      await expect(dialog).toContainText(t('people.noClusters'));
      await dialog.getByLabel(t('people.allClusters')).check();
    }
    await findsNothing(page, 'a person to be added');
    await dialog.getByLabel(t('people.password')).fill(person.password);
    await dialog.getByRole('button', { name: t('people.createSubmit'), exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('row').filter({ hasText: person.email })).toContainText(role);
  }
});

test('a viewer sees everything that is forwarded and can change nothing', async ({ browser }) => {
  const page = await pageOf(browser, viewer);
  const why = t('roles.needs.operator');
  await expect(page.getByRole('navigation', { name: t('nav.label') }).getByRole('link')).toContainText([t('nav.overview'), t('nav.clusters'), t('nav.directors'), t('nav.events'), t('nav.alerts')]);
  await expect(page.getByRole('navigation', { name: t('nav.label') }).getByRole('link')).toHaveCount(5);
  await page.goto('/clusters');
  await expect(page.getByText(why)).toBeVisible();
  await expect(page.getByRole('link', { name: t('clusters.create') })).toHaveCount(0);
  const api = await Api.signedIn(viewer);
  const { id, head } = await clusterNamed(api, 'tutorial');
  for (const place of ['edit', 'change', 'live']) {
    await page.goto(`/clusters/${id}/${place}`);
    await expect(page.getByText(why).first()).toBeVisible();
  }
  await expect(page.getByRole('table', { name: t('traffic.realServersOf', { service: 'web' }) })).toBeVisible();
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
  await expect(page.getByRole('link', { name: t('clusters.create') })).toBeVisible();
  for (const place of ['directors', 'people', 'audit']) {
    await page.goto(`/${place}`);
    await expect(page.getByText(t('roles.needs.admin'))).toBeVisible();
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
  await expect(theirs.getByRole('button', { name: pattern('live.words.live', {}) })).toBeVisible();
  const api = await Api.signedIn(operator);
  const { ended } = await api.stream();
  await page.goto('/people');
  await page.getByRole('button', { name: t('people.taskFor.role', { name: operator.name }) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(t('people.endsSessions'));
  await dialog.getByLabel(t('people.role')).selectOption(t('roles.names.viewer'));
  await dialog.getByRole('button', { name: t('people.setRole') }).click();
  await ended;
  await expect(theirs.getByText(t('banners.signedOut'), { exact: true })).toBeVisible();
  await expect(api.query('clusters.list', z.unknown())).rejects.toMatchObject({ code: 'signInNeeded' });
  await theirs.getByRole('button', { name: t('banners.signIn') }).click();
  await theirs.getByLabel(t('signIn.email')).fill(operator.email);
  await theirs.getByLabel(t('signIn.password')).fill(operator.password);
  await theirs.getByRole('button', { name: t('signIn.submit') }).click();
  await theirs.getByRole('link', { name: t('nav.clusters') }).click();
  await expect(theirs.getByText(t('roles.needs.operator'))).toBeVisible();
  await theirs.context().close();
});

test('the last administrator cannot be made smaller', async ({ page }) => {
  await page.goto('/people');
  await page.getByRole('button', { name: t('people.taskFor.role', { name: administrator.name }) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('people.role')).selectOption(t('roles.names.viewer'));
  await dialog.getByRole('button', { name: t('people.setRole') }).click();
  await expect(dialog.getByRole('alert')).toContainText(t('errors.lastAdmin'));
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: administrator.email })).toContainText(t('roles.names.admin'));
});
