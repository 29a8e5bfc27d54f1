// Whatever a text says: it is read or refused in words, and no line of it is lost.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FormatError, formats, importDefinition } from './index.ts';
import type { Format, ReportLine } from './index.ts';

const words = [
  'virtual_server', 'virtual_server_group', 'real_server', 'group', 'g', 'fwmark', '7', '10.0.0.1', '10.0.0.1-9', 'fd00::1', '80', '{', '}', '"', "'", '\\', '#', '!', '@lb1', '@^lb2',
  '$A=', '$A', '${A}', '${_INSTANCE}', '~SEQ(A,1,3)', '~LST(A, x, y)', 'include', '*.conf', 'protocol', 'TCP', 'lvs_method', 'TUN', 'type', 'gue', 'weight', '-1', 'TCP_CHECK',
  'persistence_timeout', 'persistence_granularity', '255.0.0.0', 'vrrp_instance', 'virtual_ipaddress', 'ops', 'mh-port', 'snmp_name', '-A', '-a', '-t', '-f', '-r', '-p', '-M', '-w', '10.0.0.1:80',
  'services:', '- ', '[', ']', '&a', '*a', '中文', '\t',
];

const text = fc.array(fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((line) => line.join(' ')), { minLength: 1, maxLength: 25 }).map((lines) => lines.join('\n'));

function reportOf(format: Format, files: readonly { name: string; text: string }[]): readonly ReportLine[] | null {
  try {
    return importDefinition(format, files, { configId: 'lb1', protocol: 'tcp' }).report;
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/** Lines that say something and are not in the report; none where the text is refused. */
function lost(format: Format, given: string, nothing: RegExp): number[] {
  const report = reportOf(format, [{ name: 'a', text: given }]);
  const reported = new Set(report?.map(({ line }) => line));
  return report === null ? [] : given.split('\n').flatMap((line, index) => (nothing.test(line) || reported.has(index + 1) ? [] : [index + 1]));
}

it.each(formats)('%s: any text is read, or refused in words', (format) => {
  expect(() => fc.assert(fc.property(text, text, (first, second) => {
    reportOf(format, [{ name: 'a.conf', text: first }, { name: 'b.conf', text: second }]);
  }), { numRuns: 1_000 })).not.toThrow();
});

it('ipvsadm: each line that says something is in the report', () => {
  fc.assert(fc.property(text, (given) => {
    expect(lost('ipvsadm', given, /^\s*(?:#|$)/)).toEqual([]);
  }), { numRuns: 500 });
});

it('keepalived.conf: each line that says more than braces is in the report', () => {
  const plain = text.map((given) => given.replaceAll(/[#!"'\\]/g, ''));
  fc.assert(fc.property(plain, (given) => {
    expect(lost('keepalived', given, /^[{}\s]*$/)).toEqual([]);
  }), { numRuns: 500 });
});
