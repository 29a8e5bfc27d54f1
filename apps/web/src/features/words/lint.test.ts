// What lint says, in texts that a network engineer reads: directors, VIPs and rules as ipvsadm writes them, and each finding as its sentence.
import { readdirSync, readFileSync } from 'node:fs';
import { lint, type ClusterDefinition } from '@weir/model';
import { importDefinition } from '@weir/model/formats';
import { expect, test } from 'vitest';
import { wordsOf, type MessageKey } from '../../i18n/testing/words.ts';

const folder = new URL('lint/', import.meta.url);
const { t } = wordsOf('en');

const linesOf = (part = ''): string[] => part.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** `director NAME DIP` and `vip ADDRESS HOLDER`, where nobody holds it `vip ADDRESS -`. */
function hostsOf(lines: readonly string[]): Pick<ClusterDefinition, 'directors' | 'vips'> {
  const words = lines.map((line) => line.split(' '));
  return {
    directors: words.filter(([word]) => word === 'director').map(([, directorId = '', ipv4 = '-']) => ({ directorId, dip: { ipv4: ipv4 === '-' ? null : ipv4, ipv6: null } })),
    vips: words.filter(([word]) => word === 'vip').map(([, address = '', holder = '-']) => ({ address, holder: holder === '-' ? null : holder })),
  };
}

test.each(readdirSync(folder))('%s', (file) => {
  const [head = '', rules = '', findings = ''] = readFileSync(new URL(file, folder), 'utf8').split(/^(?:rules|findings)$/m);
  const text = linesOf(rules).map((line) => `${line}\n`).join('');
  const { definition } = importDefinition('ipvsadm', [{ name: file, text }], { configId: null, protocol: null });
  const said = lint({ ...definition, name: 'shop', ...hostsOf(linesOf(head)) }).map(({ severity, code, params }) => `${severity}: ${t(`findings.${code}` as MessageKey, params)}`);
  expect(said).toEqual(linesOf(findings));
});
