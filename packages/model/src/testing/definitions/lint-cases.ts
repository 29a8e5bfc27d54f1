// What tests of lint rules share: clusters that differ in one thing, and the checks that every room of rules makes.
import { expect, it } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { ClusterDefinition as Schema } from '../../definition/definition.ts';
import { Finding } from '../../lint/finding.ts';
import { lint, mend } from '../../lint/lint.ts';
import type { Rule } from '../../lint/rule.ts';
import { cluster, realServer, service } from './cluster.ts';

export const vip = '192.168.8.200';
export const vip6 = 'fd00::1';
export const sip = { timeoutSeconds: 60, prefixLength: 32, engine: 'sip' } as const;
export const sticky = { timeoutSeconds: 300, prefixLength: 24, engine: null };
export const mark = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: [vip], ports: [80] } satisfies VirtualService['match'];
export const ipip = { kind: 'tun', tunnel: { type: 'ipip' } } as const;

export function director(directorId: string, ipv4: string | null = null, ipv6: string | null = null): ClusterDefinition['directors'][number] {
  return { directorId, dip: { ipv4, ipv6 } };
}

export function address(changes: { protocol?: 'tcp' | 'udp' | 'sctp'; vip?: string; port?: number } = {}): VirtualService['match'] {
  return { kind: 'address', protocol: 'tcp', vip, port: 80, ...changes };
}

export function withService(changes: Partial<VirtualService>): ClusterDefinition {
  return cluster({ services: [service('web', changes)] });
}

/** The second of two real servers is changed. */
export function withRealServer(changes: Partial<RealServer>, of: Partial<VirtualService> = {}): ClusterDefinition {
  return withService({ realServers: [realServer('rs-20'), realServer('rs-30', { rip: '192.168.8.30', ...changes })], ...of });
}

/** Both real servers get packets by this method, at this port. */
export function both(method: RealServer['method'], port: number): RealServer[] {
  return [realServer('rs-20', { method, port }), realServer('rs-30', { rip: '192.168.8.30', method, port })];
}

export const atService: Finding['path'] = ['services', 0];
export const atRealServer: Finding['path'] = ['services', 0, 'realServers', 1];

export interface Broken {
  readonly code: string;
  readonly path: Finding['path'];
  readonly params: Finding['params'];
  /** A definition with this fault and no other. */
  readonly definition: ClusterDefinition;
  /** What is left after the mend; null where a person has to choose. */
  readonly mended: ClusterDefinition | null;
}

export type Clean = readonly [what: string, definition: ClusterDefinition];

/** Each rule finds its fault, at its place, and nothing else does; its mend takes the fault away; near it all is quiet. */
export function checkRules(rules: readonly Rule[], broken: readonly Broken[], clean: readonly Clean[]): void {
  it.each(broken)('finds $code at $path: $params', ({ code, path, params, definition }) => {
    const severity = rules.find((rule) => rule.code === code)?.severity;
    expect(lint(definition)).toEqual([{ code, severity, path, params }]);
    expect(Schema.parse(definition)).toEqual(definition);
    expect(Finding.array().parse(lint(definition))).toEqual(lint(definition));
    const found = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], definition);
    expect(found).not.toBeUndefined();
  });

  it.each(broken)('mends $code at $path, or leaves it to a person', ({ definition, mended }) => {
    const [finding] = lint(definition);
    if (finding === undefined) throw new Error('nothing found');
    const before = structuredClone(definition);
    const after = mend(definition, finding);
    expect(after).toEqual(mended);
    expect(definition).toEqual(before);
    if (after === null) return;
    expect(lint(after)).toEqual([]);
    expect(Schema.parse(after)).toEqual(after);
    expect(mend(after, finding)).toBeNull();
  });

  it.each(clean)('has nothing to say about %s', (_, definition) => {
    expect(lint(definition)).toEqual([]);
    expect(Schema.parse(definition)).toEqual(definition);
  });

  it('has a definition here that breaks each rule', () => {
    expect(rules.map(({ code }) => code).toSorted()).toEqual([...new Set(broken.map(({ code }) => code))].toSorted());
  });
}
