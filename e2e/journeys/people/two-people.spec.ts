// Two people at one cluster: the second is told what the first did.
import { expect, test } from '@playwright/test';
import { tutorialCluster } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { create, ownDirector } from '../../weir/clusters.ts';
import { administrator, pageOf, present, type Person } from '../../weir/people.ts';
import { alert, apply } from '../../weir/screen.ts';

const second: Person = { name: 'Olga', email: 'olga@example.org', password: 'two people at one weir' };
let clusterId: string;

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  await present(api, second, 'operator');
  const director = await ownDirector(api);
  const definition = tutorialCluster(director);
  clusterId = await create(api, {
    ...definition, name: 'shared', vips: [{ address: '127.0.8.203', holder: director }],
    services: definition.services.map((service) => ({
      ...service, scheduler: { name: 'wrr' }, match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.203', port: 8080 },
    })),
  });
});

test('what changed between review and apply is said, and reviewed again', async ({ page, browser }) => {
  const other = await pageOf(browser, second);
  await page.goto(`/clusters/${clusterId}/change`);
  await other.goto(`/clusters/${clusterId}/change`);
  await expect(page.getByRole('button', { name: 'Apply 3 changes' })).toBeVisible();
  await apply(other);
  await page.getByRole('button', { name: 'Apply 3 changes' }).click();
  await expect(alert(page)).toContainText(/What .+ forwards has changed since the review\. Ask the directors again and review the new plan\./);
  await page.getByRole('button', { name: 'Ask the directors again' }).click();
  await expect(page.getByText(/ forwards this revision already/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply without changes' })).toBeVisible();
  await other.context().close();
});
