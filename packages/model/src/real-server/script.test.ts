// The script as text: what it says for each kind of host, and that nothing of a definition becomes a command.
import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Name } from '../definition/text.ts';
import { hosting, hosts, scriptFor } from '../testing/hosts.ts';
import { ifcfgConfig } from './ifcfg.ts';
import { networkdConfig } from './networkd.ts';
import { realServerScript, scriptFileName } from './script.ts';

/** What is done on this host: the only part that differs from script to script. */
function stepsOf(script: string): string {
  return script.slice(script.indexOf('everything() {'), script.indexOf('\n}\n'));
}

function withoutComments(script: string): string {
  return script.split('\n').filter((line) => !line.startsWith('#')).join('\n');
}

test('the whole script of a DR host', async () => {
  await expect(realServerScript(scriptFor([hosting({ kind: 'dr' })]))).toMatchFileSnapshot('golden/weir-rs-rs-20.sh');
});

test('the steps for each kind of host', async () => {
  const all = Object.entries(hosts).map(([name, input]) => `# ${name}\n${stepsOf(realServerScript(input))}\n}\n`);
  await expect(all.join('\n')).toMatchFileSnapshot('golden/steps.txt');
});

test.each([['networkd', networkdConfig], ['ifcfg', ifcfgConfig]] as const)('the %s files for each kind of host', async (name, configOf) => {
  const all = Object.entries(hosts).map(([host, { needs, clusterId }]) => {
    const { files, byScript } = configOf(needs, clusterId);
    return [`##### ${host}; by script: ${byScript.join(', ') || 'none'}`, ...files.map(({ path, whole, text }) => `=== ${path ?? 'the interface'}${whole ? '' : ' (added)'}\n${text}`)].join('\n');
  });
  await expect(all.join('\n')).toMatchFileSnapshot(`golden/${name}.txt`);
});

const everything = hosts['everything'] ?? scriptFor([]);

test('sysctls come before VIPs, and tunnels too', () => {
  const steps = stepsOf(realServerScript(everything));
  const places = ['  arp', '  tunnel ', '  gue ', '  vip ', '  default_route '].map((step) => steps.indexOf(step));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
});

describe('nothing of a definition becomes a command', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
    fc.constantFrom('$(reboot)', '`reboot`', "'; reboot; '", '"; reboot #', 'x\\', '\\\nreboot', '${IFS}', 'END', '#!/bin/sh', '%n', '-rf /', '../../etc/passwd'),
  ).map((text) => Name.safeParse(text)).filter(({ success }) => success).map(({ data }) => data ?? '');
  const plainScript = realServerScript(scriptFor([hosting({ kind: 'dr' })]));

  test('a name stands in comments only, on their own line', () => fc.assert(fc.property(hostile, hostile, hostile, (server, service, cluster) => {
    const input = scriptFor([{ ...hosting({ kind: 'dr' }, {}, { name: server }), name: service }]);
    const script = realServerScript({ ...input, clusterName: cluster });
    expect(withoutComments(script)).toBe(withoutComments(plainScript));
    expect(script.split('\n')).toHaveLength(plainScript.split('\n').length);
    expect(scriptFileName(input.needs)).toMatch(/^weir-rs-[A-Za-z0-9_][A-Za-z0-9._-]*\.sh$/);
  })));

  test('names are in no configuration file', () => fc.assert(fc.property(hostile, hostile, (server, service) => {
    const { needs } = scriptFor([{ ...hosting({ kind: 'dr' }, {}, { name: server }), name: service }]);
    const { needs: plain } = scriptFor([hosting({ kind: 'dr' })]);
    for (const configOf of [networkdConfig, ifcfgConfig]) expect(configOf(needs, 'c-1')).toEqual(configOf(plain, 'c-1'));
  })));

  test('what is no plain word is refused, wherever it would stand', () => {
    const bad = '192.168.8.200; reboot';
    expect(() => realServerScript(scriptFor([hosting({ kind: 'dr' }, { vip: bad })]))).toThrow('not a plain word');
    expect(() => realServerScript(scriptFor([hosting({ kind: 'dr' }, { rip: bad })], bad))).toThrow('not a plain word');
    expect(() => realServerScript(scriptFor([hosting({ kind: 'dr' })], '192.168.8.20', '$(reboot)'))).toThrow('not a plain word');
    for (const configOf of [networkdConfig, ifcfgConfig]) {
      expect(() => configOf(scriptFor([hosting({ kind: 'dr' }, { vip: 'a\nb' })]).needs, 'c-1')).toThrow('not a plain word');
    }
  });
});

test.skipIf(spawnSync('shellcheck', ['--version']).error !== undefined)('shellcheck finds nothing in them', () => {
  // Only their steps differ.
  for (const input of ['everything', 'gre-csum', 'ipv4-in-ipv6'].flatMap((name) => hosts[name] ?? [])) {
    // SC2317: it takes functions that undo calls by name for unreachable.
    const { stdout, status } = spawnSync('shellcheck', ['-s', 'sh', '-e', 'SC2317', '-'], { input: realServerScript(input), encoding: 'utf8' });
    expect([stdout, status]).toEqual(['', 0]);
  }
});
