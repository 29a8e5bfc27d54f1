// A keepalived.conf becomes a cluster: its report is read, a director chosen, the draft saved; and the cluster goes out again in three formats.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../../weir/api.ts';
import { findsNothing } from '../../page/axe.ts';
import { clusterName, discardDraft, saveAndReview, showForm } from '../../weir/cluster-form.ts';
import { clusterNamed, ownDirector } from '../../weir/clusters.ts';
import { t } from '../../page/look.ts';
import { administrator } from '../../weir/people.ts';
import { alert, rowsOf } from '../../weir/screen.ts';
import { secondTryWithout } from '../second-try.ts';

test.describe.configure({ mode: 'serial' });

const name = 'from keepalived';
secondTryWithout(name);
const config = `! The tutorial's cluster
vrrp_instance VI_1 {
    interface eth0
    virtual_ipaddress {
        203.0.113.200/24
    }
}

$RS= \\
real_server 203.0.113.\${HOST} 80 { \\
    weight 1 \\
    TCP_CHECK { \\
        connect_timeout 3 \\
    } \\
}

virtual_server 203.0.113.200 80 {
    lb_algo rr
    lb_kind DR
    protocol TCP
    @lb2 persistence_timeout 50
    ~LST(HOST, 20, 30) $RS
    real_sever 203.0.113.40 80 {
        weight 1
    }
}
`;

function file(fileName: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name: fileName, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

function report(page: Page): Locator {
  return page.getByRole('region', { name: t('importing.report'), exact: true });
}

async function read(page: Page, text: string): Promise<void> {
  await page.getByLabel(t('importing.paste'), { exact: true }).fill(text);
  await page.getByRole('button', { name: t('importing.read'), exact: true }).click();
}

/** Text of the lines with this outcome, with what is said about each. */
async function linesWith(page: Page, outcome: 'understood' | 'approximated' | 'leftOut'): Promise<Record<string, string | undefined>> {
  const filter = report(page).getByRole('button', { name: new RegExp(`^${t(`importing.outcomes.${outcome}`)} \\d+$`) });
  await filter.click();
  await expect(filter).toHaveAttribute('aria-pressed', 'true');
  const rows = await rowsOf(report(page).getByRole('table'));
  return Object.fromEntries(rows.map((row) => [row[t('importing.text')] ?? '', row[t('importing.note')]]));
}

test('the report says line by line what became of a keepalived.conf', async ({ page }) => {
  await page.goto('/clusters');
  await page.getByRole('link', { name: t('importing.link') }).click();
  await expect(page.getByRole('heading', { name: t('importing.title') })).toBeVisible();
  await page.getByLabel(t('importing.configId')).fill('lb1');
  await read(page, config);
  await expect(report(page)).toBeVisible();
  await findsNothing(page, 'a report');
  const understood = Object.keys(await linesWith(page, 'understood'));
  for (const line of ['~LST(HOST, 20, 30) $RS', 'TCP_CHECK { \\']) expect(understood).toContain(line);
  expect(await linesWith(page, 'leftOut')).toMatchObject({
    'real_sever 203.0.113.40 80 {': t('importNotes.misspelt', { word: 'real_sever', meant: 'real_server' }),
    '@lb2 persistence_timeout 50': t('importNotes.conditionNotMet', { condition: '@lb2', host: 'lb1' }),
  });
  const [service] = await rowsOf(page.getByRole('table', { name: t('importing.preview') }));
  expect(service?.[t('importing.match')]).toBe('tcp 203.0.113.200:80');
  expect(service?.[t('importing.realServers')]).toMatch(/203\.0\.113\.20:80.*203\.0\.113\.30:80/s);
});

test('what cannot be read is said with its line', async ({ page }) => {
  await page.goto('/clusters/import');
  await page.getByLabel(t('importing.files')).setInputFiles([file('lvs.conf', 'a {\n'.repeat(10_000))]);
  await page.getByRole('button', { name: t('importing.read'), exact: true }).click();
  await expect(alert(page)).toContainText(t('importing.unknownFormat'));
  await page.getByLabel(t('importing.format')).selectOption('keepalived');
  await page.getByRole('button', { name: t('importing.read'), exact: true }).click();
  await expect(alert(page)).toContainText(t('importErrors.tooDeep', { most: 50 }));
  await expect(alert(page)).toContainText('51');
});

test('files are read from the one that includes the others', async ({ page }) => {
  await page.goto('/clusters/import');
  await page.getByLabel(t('importing.files')).setInputFiles([file('web.conf', config), file('keepalived.conf', 'include conf.d/*.conf\n')]);
  await expect(page.getByLabel(t('importing.begin'))).toHaveValue('keepalived.conf');
  await page.getByRole('button', { name: t('importing.read'), exact: true }).click();
  await expect(page.getByRole('table', { name: t('importing.preview') })).toContainText('tcp 203.0.113.200:80');
});

/** 92,000 real servers, and before each service a page of comment. */
function tenMegabytes(): string {
  return Array.from({ length: 4_000 }, (_, index) => {
    const service = `10.${index >> 8}.${index & 255}.1:80`;
    return [`# ${'-'.repeat(1_100)}`, `-A -t ${service} -s rr`, ...Array.from({ length: 23 }, (_each, host) => `-a -t ${service} -r 10.200.${index & 255}.${host}:80 -m -w 1`)].join('\n');
  }).join('\n');
}

test('the page goes on while ten megabytes are read', async ({ page }) => {
  await page.goto('/clusters/import');
  await page.getByLabel(t('importing.files')).setInputFiles([file('large.ipvsadm', tenMegabytes())]);
  const begin = page.getByRole('button', { name: t('importing.read'), exact: true });
  await expect(begin).toBeVisible();
  const drawn = await begin.evaluate(async (button, enough) => {
    if (button instanceof HTMLElement) button.click();
    let frames = 0;
    // The button is busy for as long as it is read.
    for (;;) {
      await new Promise<void>((next) => requestAnimationFrame(() => next()));
      if (frames > 0 && button.getAttribute('aria-busy') === null) return frames;
      frames += 1;
      if (frames === enough) return frames;
    }
  }, 8);
  expect(drawn, 'frames while it is read').toBe(8);
  await expect(report(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(t('importing.previewCounts', { services: 4_000, realServers: 92_000, vips: 4_000 }))).toBeVisible();
});

test('the import becomes the draft of a cluster, and is saved', async ({ page }) => {
  const api = await Api.signedIn(administrator);
  const own = await ownDirector(api);
  const directors = await api.query('directors.list', z.array(z.object({ id: z.string(), name: z.string() })));
  const director = directors.find(({ id }) => id === own)?.name ?? '';
  await discardDraft(page, null);
  await page.goto('/clusters/import');
  await read(page, config);
  await page.getByLabel(director, { exact: true }).check();
  await page.getByRole('button', { name: t('importing.useAsDraft') }).click();
  await expect(page.getByRole('heading', { name: t('clusterForm.newTitle') })).toBeVisible();
  await showForm(page);
  await clusterName(page).fill(name);
  await saveAndReview(page);
  const { head: { definition } } = await clusterNamed(api, name);
  expect(definition.vips).toEqual([{ address: '203.0.113.200', holder: own }]);
  expect(definition.services.map(({ match, realServers }) => [match, realServers.map(({ rip, method }) => [rip, method])])).toEqual([[
    { kind: 'address', protocol: 'tcp', vip: '203.0.113.200', port: 80 },
    [['203.0.113.20', { kind: 'dr' }], ['203.0.113.30', { kind: 'dr' }]],
  ]]);
});

test('it goes out again in each format, and YAML comes back whole', async ({ page }) => {
  const { id, head: { definition } } = await clusterNamed(await Api.signedIn(administrator), name);
  await page.goto(`/clusters/${id}`);
  await page.getByRole('link', { name: t('exporting.link') }).click();
  const text = (ending: string) => page.getByLabel(t('exporting.text', { fileName: `from-keepalived.${ending}` }));
  await expect(text('ipvsadm')).toHaveValue(`-A -t 203.0.113.200:80 -s rr\n${[20, 30].map((host) => `-a -t 203.0.113.200:80 -r 203.0.113.${host}:80 -g -w 1\n`).join('')}`);
  await expect(page.getByRole('region', { name: t('exporting.unsaid') })).toContainText(t('exporting.codes.clusterName', { name }));
  await findsNothing(page, 'an export');
  await page.getByRole('tab', { name: 'keepalived.conf' }).click();
  await expect(text('keepalived.conf')).toHaveValue(/virtual_server 203\.0\.113\.200 80 \{/);
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByText(t('exporting.all'))).toBeVisible();
  const yaml = await text('yaml').inputValue();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: t('exporting.download', { fileName: 'from-keepalived.yaml' }) }).click();
  expect((await saving).suggestedFilename()).toBe('from-keepalived.yaml');
  await page.goto('/clusters/import');
  await read(page, yaml);
  await expect(report(page).getByRole('button', { name: `${t('importing.outcomes.leftOut')} 0` })).toBeVisible();
  const [service] = await rowsOf(page.getByRole('table', { name: t('importing.preview') }));
  expect(service?.[t('importing.service')]).toBe(definition.services[0]?.name);
});
