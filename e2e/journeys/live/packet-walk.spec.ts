// The packet walk and the set-up of a real server's host: what a person reads, chooses, copies and saves on a service's page.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { tutorialCluster, type ForwardingMethod, type RealServer } from '@weir/model';
import { Api } from '../../weir/api.ts';
import { create, ownDirector } from '../../weir/clusters.ts';
import { findsNothing } from '../../page/axe.ts';
import { hasFocus, tabTo } from '../../page/keys.ts';
import { t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { url } from '../../weir/running.ts';
import { rowsOf } from '../../weir/screen.ts';

const vip = '192.168.8.200';
const pictures = path.resolve(import.meta.dirname, '../../test-results/looks');
let clusterId: string;

function realServer(id: string, host: number, method: ForwardingMethod, port = 80): RealServer {
  return { id, name: id, rip: `192.168.8.${host}`, port, weight: 1, method, thresholds: { upper: 0, lower: 0 } };
}

test.beforeAll(async () => {
  const api = await Api.signedIn(administrator);
  const director = await ownDirector(api);
  clusterId = await create(api, {
    ...tutorialCluster(director), name: 'walked', directors: [{ directorId: director, dip: { ipv4: '192.168.8.10', ipv6: null } }],
    vips: [{ address: vip, holder: director }],
    services: [{
      id: 'shop', name: 'shop', match: { kind: 'address', protocol: 'tcp', vip, port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: [
        realServer('rs-20', 20, { kind: 'dr' }), realServer('rs-30', 30, { kind: 'nat' }, 8080),
        realServer('rs-40', 40, { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'none' } }), realServer('rs-50', 50, { kind: 'proxied' }, 8080),
      ],
    }],
  });
});

const servicePage = (rs = ''): string => `/clusters/${clusterId}/services/shop${rs && `?rs=${rs}`}`;
const hops = (page: Page) => page.getByRole('table', { name: t('walk.hops') });

/** Who to whom by MAC, from where to where by address, with what ttl. */
async function walked(page: Page): Promise<string[]> {
  await expect(hops(page)).toBeVisible();
  return (await rowsOf(hops(page))).map((row) => `${row['MAC']} ${row[t('walk.source')]} ${row[t('walk.destination')]} ${row['TTL']}`);
}

test('the service of a cluster opens its page, with the walk of its first real server', async ({ page }) => {
  await page.goto(`/clusters/${clusterId}`);
  await page.getByRole('link', { name: 'shop', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'shop' })).toBeVisible();
  expect(await walked(page)).toEqual([
    'C → D 192.168.8.100:40000 192.168.8.200:80 64', 'D → R 192.168.8.100:40000 192.168.8.200:80 63', 'R → C 192.168.8.200:80 192.168.8.100:40000 64',
  ]);
  await expect(page.locator('svg[data-walk] [data-hop]')).toHaveCount(3);
  await expect(page.locator('svg[data-walk] [data-direction=reply]')).toHaveText('3 VIP → CIP');
});

test('another real server, another client: NAT in one subnet breaks, and it is said where', async ({ page }) => {
  await page.goto(servicePage());
  await page.getByLabel(t('walk.realServer'), { exact: true }).selectOption('rs-30');
  await expect(page).toHaveURL(/rs=rs-30$/);
  await expect.poll(() => walked(page)).toEqual([
    'C → D 198.51.100.100:40000 192.168.8.200:80 64', 'D → R 198.51.100.100:40000 192.168.8.30:8080 63',
    'R → D 192.168.8.30:8080 198.51.100.100:40000 64', 'D → C 192.168.8.200:80 198.51.100.100:40000 63',
  ]);
  await page.getByLabel(t('walk.clientPlace'), { exact: true }).selectOption('sameSubnet');
  await expect(page.getByText(t('walk.brokenAt', { hop: 3 }))).toBeVisible();
  await expect(page.getByText(t('walk.faults.natReplyPastDirector', { rip: '192.168.8.30' }))).toBeVisible();
});

test('a tunnel shows its outer header and what it leaves of the MTU; a client is typed in', async ({ page }) => {
  await page.goto(servicePage('rs-40'));
  await expect(hops(page)).toBeVisible();
  const [, wrapped] = await rowsOf(hops(page));
  expect(wrapped).toMatchObject({ [t('walk.outer')]: '192.168.8.10 → 192.168.8.40:6080, gue, proto 17, ttl 63', [t('walk.room')]: '1,468 of 1,500 B' });
  await page.getByLabel(t('walk.clientAddress')).fill('10.20.30.40');
  await expect.poll(async () => (await walked(page))[0]).toBe('C → D 10.20.30.40:40000 192.168.8.200:80 64');
  await page.getByLabel(t('walk.clientAddress')).fill('fd00::7');
  await expect(page.getByText(t('walk.clientAddressWrong', { family: 'IPv4' }))).toBeVisible();
});

test('the script of a host is saved as a file, its other formats are a key away', async ({ page }) => {
  await page.goto(servicePage('rs-20'));
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: t('hostSetup.save', { fileName: 'weir-rs-rs-20.sh' }) }).click()]);
  expect(saved.suggestedFilename()).toBe('weir-rs-rs-20.sh');
  const script = readFileSync(await saved.path(), 'utf8');
  expect(script).toMatch(/^#!\/bin\/sh\n[^]*\n {2}arp\n {2}vip 192\.168\.8\.200\n/);
  expect(await page.getByRole('textbox', { name: 'weir-rs-rs-20.sh' }).inputValue()).toBe(script);
  await tabTo(page, page.getByRole('tab', { name: t('hostSetup.script') }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const networkd = page.getByRole('tab', { name: 'systemd-networkd' });
  expect(await hasFocus(networkd)).toBe(true);
  await expect(page.getByText('net.ipv4.conf.all.arp_announce = 2')).toBeVisible();
  await page.getByRole('tab', { name: 'ifcfg' }).click();
  await expect(page.getByText('/etc/sysconfig/network-scripts/ifcfg-lo:0')).toBeVisible();
  await expect(page.getByText('NETMASK=255.255.255.255')).toBeVisible();
});

test('a proxied real server needs nothing, and that is said', async ({ page }) => {
  await page.goto(servicePage('rs-50'));
  await expect(page.getByText(t('hostSetup.nothing'), { exact: true })).toBeVisible();
  expect((await walked(page))[1]).toBe('D → R 192.168.8.10:* 192.168.8.50:8080 64');
});

for (const { locale, theme, width } of [
  { locale: 'en', theme: 'light', width: 1440 }, { locale: 'zh-CN', theme: 'dark', width: 1440 },
  { locale: 'en', theme: 'dark', width: 390 }, { locale: 'zh-CN', theme: 'light', width: 390 },
]) {
  test(`axe finds nothing and nothing scrolls sideways: ${locale}, ${theme}, ${width} px`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 });
    await context.addCookies([{ name: 'weir.locale', value: locale, url }, { name: 'weir.theme', value: theme, url }]);
    for (const rs of ['rs-20', 'rs-30', 'rs-40', 'rs-50']) {
      await page.goto(servicePage(rs));
      await expect(page.locator('svg[data-walk]')).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${rs} scrolls sideways by px`).toBe(0);
      await findsNothing(page, rs);
      await page.screenshot({ path: `${pictures}/service-${rs}-${locale}-${theme}-${width}.png`, fullPage: true });
    }
  });
}
