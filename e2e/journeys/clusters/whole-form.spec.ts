// All of IPVS through the form by hand, though the director's driver cannot do it: what is filled in is saved, shown in words, and opened again as it was.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { addDirector, clusterName, fillRealServer, openEdit, openNewCluster, realServerIn, saveAndReview } from '../../weir/cluster-form.ts';
import { t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { SecondAgent } from '../../weir/process/second-agent.ts';
import { secondTryWithoutDirector } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });

const Directors = z.array(z.object({ id: z.string(), name: z.string() }));
const agent = new SecondAgent('127.0.0.1:9452');
secondTryWithoutDirector(agent.address, 'everything');
let own: z.infer<typeof Directors>[number];
let other: z.infer<typeof Directors>[number];

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const id = await ownDirector(api);
  if ((await api.query('directors.list', Directors)).length === 1) {
    await agent.start();
    await api.mutate('directors.enrol', z.unknown(), { code: await agent.code(), name: 'second' });
  }
  const directors = await api.query('directors.list', Directors);
  const [first, second] = [directors.find((each) => each.id === id), directors.find((each) => each.id !== id)];
  if (first === undefined || second === undefined) throw new Error('there are two directors');
  [own, other] = [first, second];
});
test.afterAll(() => agent.end());

const exactly = { exact: true };

function service(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The first of each label is the service's own; the real servers' follow. */
function field(part: Locator, key: 'name' | 'port' | 'weight' | 'scheduler' | 'protocol' | 'match' | 'mark' | 'method' | 'tunnel' | 'checksum' | 'upper' | 'lower'): Locator {
  return part.getByLabel(t(`clusterForm.${key}`), exactly).first();
}

async function fillSip(page: Page): Promise<void> {
  const unnamed = service(page, t('clusterForm.service', { number: 1 }));
  await field(unnamed, 'name').fill('sip');
  const sip = service(page, 'sip');
  await field(sip, 'protocol').selectOption('udp');
  await sip.getByLabel('VIP', exactly).fill('192.0.2.7');
  await field(sip, 'port').fill('5060');
  await field(sip, 'scheduler').selectOption('sh');
  await sip.getByLabel(t('clusterForm.fallback'), exactly).check();
  await sip.getByRole('button', { name: t('clusterForm.moreOf', { of: 'sip' }) }).click();
  await sip.getByLabel(t('clusterForm.persistence'), exactly).check();
  await sip.getByLabel(t('clusterForm.timeout'), exactly).fill('300');
  await sip.getByLabel(t('clusterForm.prefix'), exactly).fill('24');
  await sip.getByLabel(t('clusterForm.engine'), exactly).selectOption('sip');
  await sip.getByLabel(t('clusterForm.onePacket'), exactly).check();
  const row = realServerIn(sip, 0);
  await fillRealServer(row, { name: 'call', rip: '198.51.100.20', port: 5060, weight: 5 });
  await field(row, 'method').selectOption('dr');
}

async function fillMarked(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('clusterForm.addService') }).click();
  await field(service(page, t('clusterForm.service', { number: 2 })), 'name').fill('marked');
  const marked = service(page, 'marked');
  await field(marked, 'match').selectOption('mark');
  await field(marked, 'mark').fill('7');
  await marked.getByLabel(t('clusterForm.markedVips'), exactly).fill('192.0.2.8, 192.0.2.9');
  await marked.getByLabel(t('clusterForm.markedPorts'), exactly).fill('80 443');
  await field(marked, 'scheduler').selectOption('mh');
  await marked.getByLabel(t('clusterForm.hashPort'), exactly).check();
  for (const [index, type] of (['ipip', 'gue', 'gre'] as const).entries()) {
    if (index > 0) await marked.getByRole('button', { name: t('clusterForm.addRealServer') }).click();
    const row = realServerIn(marked, index);
    await fillRealServer(row, { name: type, rip: `198.51.100.3${index}`, port: 0 });
    await field(row, 'method').selectOption('tun');
    await field(row, 'tunnel').selectOption(type);
    if (type === 'gue') await row.getByLabel(t('clusterForm.tunnelPort'), exactly).fill('6081');
    if (type !== 'ipip') await field(row, 'checksum').selectOption('csum');
  }
  await marked.getByRole('button', { name: t('clusterForm.moreOf', { of: 'ipip' }) }).click();
  await field(marked, 'upper').fill('1000');
  await field(marked, 'lower').fill('800');
}

test('all of it is filled in by hand, and saved as it was meant', async ({ page }) => {
  test.setTimeout(180_000);
  await openNewCluster(page);
  await clusterName(page).fill('everything');
  await addDirector(page, own.name);
  await addDirector(page, other.name);
  await fillSip(page);
  await fillMarked(page);
  const vips = page.getByRole('region', { name: t('clusterForm.vips') });
  await vips.getByLabel('192.0.2.7').selectOption(own.name);
  await vips.getByLabel('192.0.2.8').selectOption(other.name);
  await vips.getByLabel('192.0.2.9').selectOption(own.name);
  const findings = page.getByRole('region', { name: t('clusterForm.findings') });
  const noErrors = t('clusterForm.findingCounts', { errors: 0, warnings: 0 }).split(' · ')[0] ?? '';
  await expect(findings, 'only what a driver cannot do').toContainText(noErrors);
  await findsNothing(page, 'the whole form');
  await saveAndReview(page);
  const { head } = await clusterNamed(await Api.signedIn(administrator), 'everything');
  expect(head.definition).toMatchObject({
    directors: [{ directorId: own.id }, { directorId: other.id }],
    vips: [{ address: '192.0.2.7', holder: own.id }, { address: '192.0.2.8', holder: other.id }, { address: '192.0.2.9', holder: own.id }],
    services: [
      {
        match: { kind: 'address', protocol: 'udp', vip: '192.0.2.7', port: 5060 }, scheduler: { name: 'sh', fallback: true, port: false }, onePacket: true,
        persistence: { timeoutSeconds: 300, prefixLength: 24, engine: 'sip' }, realServers: [{ weight: 5, method: { kind: 'dr' } }],
      },
      {
        match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['192.0.2.8', '192.0.2.9'], ports: [80, 443] },
        scheduler: { name: 'mh', fallback: false, port: true }, persistence: null, onePacket: false,
        realServers: [
          { method: { kind: 'tun', tunnel: { type: 'ipip' } }, thresholds: { upper: 1000, lower: 800 } },
          { method: { kind: 'tun', tunnel: { type: 'gue', port: 6081, checksum: 'csum' } }, thresholds: { upper: 0, lower: 0 } },
          { method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } } },
        ],
      },
    ],
  });
});

test('the page of the cluster says all of it, in its own words and in those of ipvsadm', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), 'everything');
  await page.goto(`/clusters/${id}`);
  const persistent = t('service.persistent', { seconds: 300, clients: '/24' });
  for (const words of ['udp 192.0.2.7:5060', 'sh (sh-fallback)', persistent, 'pe sip', t('service.onePacket')]) await expect(service(page, 'sip')).toContainText(words);
  const marks = `${t('service.marks')} tcp 192.0.2.8, 192.0.2.9 :80,443`;
  for (const words of ['fwm ipv4 7', marks, 'mh (mh-port)', 'TUN gue:6081 csum', 'TUN gre csum', '1000 / 800']) await expect(service(page, 'marked')).toContainText(words);
  await page.getByRole('button', { name: t('ipvsadm.show') }).click();
  const lines = page.getByRole('region', { name: 'ipvsadm' }).getByRole('region', { name: own.name });
  await expect(lines).toContainText('-A -u 192.0.2.7:5060 -s sh -p 300 -M 255.255.255.0 --pe sip -o -b sh-fallback');
  await expect(lines).toContainText('-a -f 7 -r 198.51.100.31:0 -i -w 1 --tun-type gue --tun-port 6081 --tun-csum');
  await findsNothing(page, 'the lines of ipvsadm');
});

test('opened again, nothing has changed: it is not saved, and it fits a narrow screen', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, 'everything');
  await page.setViewportSize({ width: 390, height: 900 });
  await openEdit(page, id);
  await expect(page.getByLabel(t('clusterForm.timeout'))).toHaveValue('300');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await findsNothing(page, 'the whole form on a narrow screen');
  await page.getByRole('button', { name: t('clusterForm.saveRevision') }).click();
  await expect(page.getByText(t('clusterForm.unchangedRefused'))).toBeVisible();
  expect((await clusterNamed(api, 'everything')).head.number).toBe(1);
});

test('a finding leads to its field, out of what was folded away', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), 'everything');
  await openEdit(page, id);
  const lower = service(page, 'marked').getByLabel(t('clusterForm.lower'), exactly).first();
  await lower.fill('2000');
  const crossed = t('findings.thresholdsCrossed', { realServer: '198.51.100.30:0', service: 'marked', lower: 2000, upper: 1000 });
  const finding = page.getByRole('region', { name: t('clusterForm.findings') }).getByRole('button').filter({ hasText: crossed });
  await expect(finding, 'while one types').toBeVisible();
  await finding.click();
  await expect(service(page, 'marked').getByLabel(t('clusterForm.upper'), exactly).first()).toBeFocused();
  await lower.fill('800');
  await expect(finding, 'cured').toHaveCount(0);
});

test('a finding that has one mend is mended by a button, and that is taken back', async ({ page }) => {
  const { id } = await clusterNamed(await Api.signedIn(administrator), 'everything');
  await openEdit(page, id);
  const port = service(page, 'marked').getByRole('group', { name: t('clusterForm.realServers') }).getByLabel(t('clusterForm.port'), exactly).first();
  await port.fill('8080');
  const finding = t('findings.portNeverReached', { realServer: '198.51.100.30:8080', service: 'marked', port: 8080, ports: '80, 443', method: 'tun' });
  await page.getByRole('button', { name: t('clusterForm.mendThis', { finding }) }).click();
  await expect(port).toHaveValue('0');
  await expect(port).toBeFocused();
  await page.getByRole('button', { name: t('clusterForm.undo') }).click();
  await expect(port).toHaveValue('8080');
});

test.describe('signed out', () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test('a link into the panel leads there after signing in', async ({ page }) => {
    const { id } = await clusterNamed(await Api.signedIn(administrator), 'everything');
    await page.goto(`/clusters/${id}/live?range=300`);
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/clusters/${id}/live?range=300`)}`);
    await page.getByLabel(t('signIn.email')).fill(administrator.email);
    await page.getByLabel(t('signIn.password')).fill(administrator.password);
    await page.getByRole('button', { name: t('signIn.submit') }).click();
    await expect(page).toHaveURL(`/clusters/${id}/live?range=300`);
  });
});
