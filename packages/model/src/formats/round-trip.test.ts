// What a format can say comes back as it was.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterDefinition } from '../definition/definition.ts';
import { addressOf, endpointKey, serviceKey } from '../table/table.ts';
import { definition as anyDefinition } from '../testing/definitions/arbitrary-definition.ts';
import { exportDefinition, importDefinition } from './index.ts';
import type { Format, Unsaid } from './index.ts';

const options = { configId: null, protocol: null };

function firsts<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const keys = new Set<string>();
  return items.filter((item) => !keys.has(keyOf(item)) && keys.add(keyOf(item)));
}

/** As a forwarder would have it: each service and each real server of one once. */
const definition = anyDefinition.map((any): ClusterDefinition => ({
  ...any,
  services: firsts(any.services, ({ match }) => serviceKey(addressOf(match))).map((service) => ({ ...service, realServers: firsts(service.realServers, endpointKey) })),
}));

function isUnsaid(unsaid: readonly Unsaid[], path: Unsaid['path']): boolean {
  return unsaid.some(({ code, path: at }) => code !== 'markMatch' && at.length === path.length && at.every((step, index) => step === path[index]));
}

/** What the export did not name as missing, without what ipvsadm and keepalived.conf never say. */
function sayable({ services }: ClusterDefinition, unsaid: readonly Unsaid[], names: boolean): unknown {
  return services.flatMap(({ name, match, realServers, scheduler, persistence, onePacket }, s) => (isUnsaid(unsaid, ['services', s]) ? [] : [{
    scheduler, persistence, onePacket, ...(names && { name }),
    match: match.kind === 'mark' ? { kind: 'mark', family: match.family, mark: match.mark } : match,
    realServers: realServers.flatMap((realServer, r) => (
      isUnsaid(unsaid, ['services', s, 'realServers', r]) ? [] : [{ ...realServer, id: '', ...(!names && { name: '' }) }])),
  }]));
}

describe.each<Format>(['ipvsadm', 'keepalived'])('%s', (format) => {
  const names = format === 'keepalived';

  it('gives back every service and real server that it could say', () => {
    fc.assert(fc.property(definition, (before) => {
      fc.pre(before.services.length > 0);
      const { text, unsaid } = exportDefinition(format, before);
      fc.pre(text !== '');
      const { definition: after, report } = importDefinition(format, [{ name: 'f', text }], options);
      expect(sayable(after, [], names)).toEqual(sayable(before, unsaid, names));
      expect(report.filter(({ outcome, notes }) => outcome !== 'understood' && notes.some(({ code }) => code !== 'markNeedsMatch'))).toEqual([]);
    }));
  });

  it('writes what it read the same again', () => {
    fc.assert(fc.property(definition, (before) => {
      const { text } = exportDefinition(format, before);
      fc.pre(text !== '');
      const { definition: after } = importDefinition(format, [{ name: 'f', text }], options);
      expect(exportDefinition(format, after).text).toBe(text);
    }));
  });
});

describe('yaml', () => {
  it('gives back exactly the same', () => {
    fc.assert(fc.property(anyDefinition, (before) => {
      fc.pre(ClusterDefinition.safeParse(before).success);
      const { text, unsaid } = exportDefinition('yaml', before);
      expect(unsaid).toEqual([]);
      expect(importDefinition('yaml', [{ name: 'f', text }], options).definition).toEqual(before);
    }));
  });

  it.each(['yes', '1', '1e3', '0x10', 'null', '2001-01-01', '- a', 'a: b', '# a', '"a"', "'", '@lb', '[a]', '{a}', '~', '中文', '🦀', 'a\u00a0b'])('gives back the name %s', (name) => {
    const [example] = fc.sample(anyDefinition, 1);
    if (example === undefined) throw new Error('no sample');
    const { text } = exportDefinition('yaml', { ...example, name });
    expect(importDefinition('yaml', [{ name: 'f', text }], options).definition.name).toBe(name);
  });

  it('is read after somebody took a part out that may be missing', () => {
    const [example] = fc.sample(anyDefinition, 1);
    if (example === undefined) throw new Error('no sample');
    const director = { directorId: 'd1', dip: { ipv4: null, ipv6: null }, host: { vips: undefined, settings: 'operator' as const } };
    const { text } = exportDefinition('yaml', { ...example, directors: [director] });
    expect(importDefinition('yaml', [{ name: 'f', text }], options).definition.directors).toEqual([{ ...director, host: { settings: 'operator' } }]);
  });
});

describe('a name in keepalived.conf', () => {
  const [example] = fc.sample(definition.filter(({ services: [service] }) => service?.match.kind === 'address' && !service.onePacket), 1);
  const [service] = example?.services ?? [];
  if (example === undefined || service === undefined) throw new Error('no sample');
  const persistence = { timeoutSeconds: 1, prefixLength: 24, engine: null };
  const named = (name: string): ClusterDefinition => ({ ...example, services: [{ ...service, name, persistence, realServers: [] }] });

  it.each(['web', 'web shop', "it's", '# 1', 'a!b', '{}', '$NAME', '中文 🦀'])('comes back: %s', (name) => {
    const { text, unsaid } = exportDefinition('keepalived', named(name));
    expect(importDefinition('keepalived', [{ name: 'f', text }], options).definition.services[0]?.name).toBe(name);
    expect(unsaid.map(({ code }) => code)).not.toContain('names');
  });

  // keepalived 2.2.7: "virtual server snmp_name missing or extra parameters".
  it.each(['a "quoted" one', 'back\\slash'])('that keepalived reads as another is named as missing: %s', (name) => {
    const { text, unsaid } = exportDefinition('keepalived', named(name));
    expect(text).not.toContain('snmp_name');
    expect(unsaid).toContainEqual({ code: 'names', path: [], params: { count: 1 } });
  });
});
