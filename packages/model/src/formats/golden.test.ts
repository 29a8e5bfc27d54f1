import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reportText } from '../testing/format-report.ts';
import { importDefinition } from './index.ts';
import type { Format, ImportOptions } from './index.ts';

function fileOf(name: string, as = name): { name: string; text: string } {
  return { name: as, text: readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8') };
}

const shop = [fileOf('shop.keepalived.conf', 'keepalived.conf'), fileOf('mail.conf', 'conf.d/mail.conf'), { name: 'notes.txt', text: 'not a configuration' }];

it.each<[name: string, format: Format, files: readonly { name: string; text: string }[], options: Partial<ImportOptions>]>([
  ['tutorial', 'keepalived', [fileOf('tutorial.keepalived.conf', 'keepalived.conf')], {}],
  ['shop-lb1', 'keepalived', shop, { configId: 'lb1' }],
  ['shop-lb2', 'keepalived', shop, { configId: 'lb2' }],
  ['director', 'ipvsadm', [fileOf('director.ipvsadm', 'rules')], {}],
])('reads %s as its report says', async (name, format, files, options) => {
  const imported = importDefinition(format, files, { configId: null, protocol: null, ...options });
  await expect(reportText(imported)).toMatchFileSnapshot(`golden/${name}.report.txt`);
});
