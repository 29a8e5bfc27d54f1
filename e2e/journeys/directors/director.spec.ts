// The page of one director, on the proxy: which VIPs it holds, that nothing drifts, and what a proxy has not.
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { t } from '../../page/look.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { alert } from '../../weir/screen.ts';

const reader: Person = { name: 'Rhea', email: 'rhea@example.org', password: 'reads what a director says' };
const named = async (api: Api): Promise<{ id: string; name: string }> => {
  const id = await ownDirector(api);
  const all = await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string() })));
  const found = all.find((director) => director.id === id);
  if (found === undefined) throw new Error('the own director is in the list');
  return found;
};

test('its row leads to its page, which says what it holds and what a proxy has not', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  const { id, name } = await named(api);
  const cluster = await clusterNamed(api, 'tutorial');
  const [vip] = cluster.head.definition.vips;
  await page.goto('/directors');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/directors/${id}$`));

  const row = page.getByRole('table', { name: t('director.vips') }).getByRole('row').filter({ hasText: vip?.address ?? '' }).filter({ hasText: 'tutorial' });
  await expect(row).toContainText(t('director.holds'));
  await expect(row.getByRole('link', { name: 'tutorial', exact: true })).toHaveAttribute('href', `/clusters/${cluster.id}`);
  await expect(page.getByText(t('director.hostAlone', { driver: 'proxy' }))).toBeVisible();
  await expect(page.getByRole('region', { name: t('director.drift') })).toContainText(t('director.driftNone'));
  await expect(page.getByRole('region', { name: t('director.foreign') })).toContainText(t('director.foreignNone'));
  await expect(page.getByText(t('director.notKernelWhy', { driver: 'proxy' }))).toBeVisible();
  await expect(page.getByRole('region', { name: t('director.settings') })).toHaveCount(0);
  await expect(page.getByRole('button', { name: t('director.zero') }), 'a proxy has no counters to zero').toHaveCount(0);
  await findsNothing(page, 'the page of a director');
});

test('everybody who is signed in reads it; the order that its driver has not is refused in words, and in the audit log', async ({ browser }) => {
  const api = await Api.signedIn(administrator);
  const { id, name } = await named(api);
  await present(api, reader, 'viewer');
  const page = await pageOf(browser, reader);
  await page.goto(`/directors/${id}`);
  await expect(page.getByText(t('director.notKernelWhy', { driver: 'proxy' }))).toBeVisible();
  await page.context().close();
  await expect((await Api.signedIn(reader)).mutate('directors.zero', z.unknown(), { directorId: id })).rejects.toThrow(/roleTooSmall/);
  await expect(api.mutate('directors.zero', z.unknown(), { directorId: id })).rejects.toThrow(/directorRefused/);
  const entries = await api.query('audit.list', z.object({ entries: z.array(z.object({ action: z.string(), outcome: z.string(), objectName: z.string().nullable() })) }), { filter: { action: 'directors.zeroFinish' } });
  expect(entries.entries[0]).toMatchObject({ outcome: 'failed', objectName: name });
});

test('a director that is not there is said to be none', async ({ page }) => {
  await page.goto('/directors/nobody');
  await expect(alert(page).first()).toContainText(t('errors.noSuchDirector', { director: 'nobody' }));
});
