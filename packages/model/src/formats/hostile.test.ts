// Files that are enormous, endless or no text at all: read, or refused with the line.
import { expect, it } from 'vitest';
import { FormatError, importDefinition } from './index.ts';
import type { Format, Imported } from './index.ts';

const options = { configId: 'lb1', protocol: null };
const million = 1_000_000;

function read(format: Format, text: string): Imported {
  return importDefinition(format, [{ name: 'f', text }], options);
}

function errorOf(run: () => unknown): { code: string; line: number | null } {
  try {
    run();
  } catch (error) {
    if (error instanceof FormatError) return { code: error.code, line: error.line };
    throw error;
  }
  throw new Error('it was read');
}

function doubling(count: number, value: (next: string) => string): string {
  return `${Array.from({ length: count }, (_, n) => `$A${n}=${value(`A${n + 1}`)}`).join('\n')}\n$A0\n`;
}

it.each<[what: string, format: Format, text: string, code: string, line: number | null]>([
  ['nothing', 'keepalived', ' \n\n', 'nothingGiven', null],
  ['more than 10 MB', 'ipvsadm', 'x'.repeat(11 * million), 'tooLarge', null],
  ['a program', 'keepalived', 'a\nb\u0000\u0001', 'binary', 2],
  ['a picture', 'yaml', `\n${'\ufffdPNG\ufffd'.repeat(100)}`, 'binary', 2],
  ['10,000 blocks in blocks', 'keepalived', 'a {\n'.repeat(10_000), 'tooDeep', 51],
  ['10,000 brackets', 'yaml', '['.repeat(10_000), 'tooDeep', 1],
  ['10,000 levels by indentation', 'yaml', Array.from({ length: 3_000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'), 'tooDeep', 202],
  ['10,000 lists in lists', 'yaml', '- '.repeat(10_000), 'notYaml', 1],
  ['a line of 10 MB', 'keepalived', '${A}'.repeat(2 * million), 'lineTooLong', 1],
  ['a command of 10 MB', 'ipvsadm', '-A '.repeat(3 * million), 'lineTooLong', 1],
  ['a definition of itself', 'keepalived', '$A=${B}x\n$B=${A}y\n$A\n', 'definitionLoop', 3],
  ['a definition of itself, line by line', 'keepalived', '$A= \\\nx \\\n$A\n$A\n', 'definitionLoop', 3],
  ['definitions that double', 'keepalived', doubling(60, (next) => `\${${next}} \${${next}}`), 'tooMuch', 61],
  ['empty definitions that double', 'keepalived', `$A40=\n${doubling(40, (next) => `\${${next}}\${${next}}`)}`, 'tooMuch', 42],
  ['a sequence of thousands of millions', 'keepalived', '\n~SEQ(A, 1, 9999999999) x', 'tooMuch', 2],
  ['sequences in sequences', 'keepalived', '~SEQ(A,1,1000) ~SEQ(B,1,1000) ~SEQ(C,1,1000) x $A $B $C', 'tooMuch', 1],
  ['sequences without end on a line', 'keepalived', '~SEQ(A,1,10)'.repeat(5_000), 'definitionLoop', 1],
  ['a line that goes on for ever', 'keepalived', '\\\n'.repeat(million), 'tooMuch', 600_001],
  ['aliases that double', 'yaml', ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]'].join('\n'), 'aliases', null],
  ['what is no YAML', 'yaml', 'a: [1\nb: 2', 'notYaml', 2],
  ['YAML of something else', 'yaml', 'apiVersion: v1\nkind: Service', 'notADefinition', 1],
  ['millions of nothings', 'yaml', `[${'{},'.repeat(million)}]`, 'tooMuch', 1],
])('refuses %s', (_, format, text, code, line) => {
  expect(errorOf(() => read(format, text))).toEqual({ code, line });
});

it('refuses a file that includes itself', () => {
  const files = [{ name: 'a.conf', text: 'include b.conf' }, { name: 'b.conf', text: '\ninclude a.conf' }];
  expect(errorOf(() => importDefinition('keepalived', files, options))).toEqual({ code: 'includeCycle', line: 2 });
});

it('refuses files that include each other twice, again and again', () => {
  const files = Array.from({ length: 40 }, (_, n) => ({ name: `${n}.conf`, text: `include ${n + 1}.conf\ninclude ${n + 1}.conf` }));
  expect(errorOf(() => importDefinition('keepalived', files, options)).code).toBe('tooMuch');
});

it.each<[what: string, format: Format, text: string]>([
  ['100,000 closing braces', 'keepalived', '}\n'.repeat(100_000)],
  ['braces and quotes', 'keepalived', '"{}\n'.repeat(100_000)],
  ['parameters that nobody defines', 'keepalived', `${'${A} $B '.repeat(20)}\n`.repeat(10_000)],
  ['one word', 'keepalived', 'x'.repeat(99_000)],
  ['a huge group with many real servers', 'keepalived',
    `virtual_server_group g {\n10.0.0.0/18 80\n10.0.0.0/8 80\n}\nvirtual_server group g {\nprotocol TCP\n${'real_server 10.9.0.1 80\n'.repeat(10_000)}}`],
  ['the same service again and again', 'ipvsadm', '-A -t 10.0.0.1:80\n'.repeat(50_000)],
])('reads %s, and loses no line', (_, format, text) => {
  const { report } = read(format, text);
  const braces = text.split('\n').filter((line) => /^[{}\s]+$/.test(line) && !report.some(({ text: reported }) => reported === line.trim())).length;
  expect(report.length + braces).toBe(text.split('\n').filter((line) => line.trim() !== '').length);
});

it('reads an installation of 2,277 services with 36,432 real servers', () => {
  const servers = Array.from({ length: 2_277 }, (_, s) => [
    `virtual_server 10.${s >> 8}.${s & 255}.1 80 {`, '  lb_algo wrr', '  lb_kind DR', '  protocol TCP',
    ...Array.from({ length: 16 }, (__, r) => `  real_server 10.100.${s & 255}.${r + 1} 80 {\n    weight 1\n    TCP_CHECK {\n      connect_timeout 3\n    }\n  }`), '}',
  ].join('\n')).join('\n');
  const { definition } = read('keepalived', servers);
  expect(definition.services).toHaveLength(2_277);
  expect(definition.services.reduce((sum, { realServers }) => sum + realServers.length, 0)).toBe(36_432);
});
