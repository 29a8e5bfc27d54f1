import { describe } from 'vitest';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { realServer } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, checkRules, ipip, mark, sticky, withRealServer, withService } from '../../testing/definitions/lint-cases.ts';
import { portRules } from './ports.ts';

const dr = { kind: 'dr' } as const;
const nat = { kind: 'nat' } as const;
const at = [...atRealServer, 'port'];
/** The first real server keeps every packet's port; the second is as given. */
const beside = (changes: Partial<RealServer>, of: Partial<VirtualService>): ClusterDefinition => (
  withService({ realServers: [realServer('rs-20', { port: 0 }), realServer('rs-30', { rip: '192.168.8.30', ...changes })], ...of }));
const portZero: Partial<VirtualService> = { match: address({ port: 0 }), persistence: sticky };
const markOf = (ports: number[], persistence: VirtualService['persistence'] = null): Partial<VirtualService> => ({ match: { ...mark, ports }, persistence });

/** A real server whose port packets do not get, and the same one that says so. */
function kept(code: string, method: RealServer['method'], port: number, of: Partial<VirtualService>, params: Record<string, string> = {}): Broken {
  return {
    code, path: at, params: { service: 'web', realServer: `192.168.8.30:${port}`, method: method.kind, port, ...params },
    definition: beside({ method, port }, of), mended: beside({ method, port: 0 }, of),
  };
}

const broken: readonly Broken[] = [
  ...[dr, ipip].map((method): Broken => ({
    code: 'portNotTranslated', path: at, params: { service: 'web', realServer: '192.168.8.30:8080', method: method.kind, port: 8080, servicePort: 80 },
    definition: withRealServer({ method }), mended: withRealServer({ method, port: 80 }),
  })),
  kept('portNeverReached', dr, 8080, markOf([80]), { ports: '80' }),
  kept('portNeverReached', ipip, 8080, markOf([80, 443]), { ports: '80, 443' }),
  kept('portNeverReached', nat, 8080, markOf([80, 443], sticky), { ports: '80, 443' }),
  kept('portOfSomePackets', dr, 80, markOf([80, 443])),
  kept('portOfSomePackets', dr, 8080, markOf([])),
  kept('portOfSomePackets', nat, 80, markOf([], sticky)),
  kept('portOfSomePackets', nat, 8080, portZero),
  kept('portOfSomePackets', ipip, 80, portZero),
  { code: 'portZeroNeedsMarkOrPortZero', path: at, params: { service: 'web', realServer: '192.168.8.30:0', servicePort: 80 },
    definition: withRealServer({ port: 0 }), mended: withRealServer({ port: 80 }) },
  { code: 'portZeroNeedsMarkOrPortZero', path: at, params: { service: 'web', realServer: '192.168.8.30:0', servicePort: 80 },
    definition: withRealServer({ port: 0, method: dr }), mended: withRealServer({ port: 80, method: dr }) },
  { code: 'proxiedNeedsPort', path: at, params: { service: 'web', realServer: '192.168.8.30:8080' },
    definition: withRealServer({ method: { kind: 'proxied' } }, { match: mark }), mended: null },
  { code: 'proxiedNeedsPort', path: at, params: { service: 'web', realServer: '192.168.8.30:0' }, definition: withRealServer({ method: { kind: 'proxied' }, port: 0 }), mended: null },
];

const clean: readonly Clean[] = [
  ['DR to the service\'s own port', withRealServer({ port: 80, method: dr })],
  ['NAT to another port', withRealServer({ port: 8081 })],
  ['a mark by DR with ports kept', beside({ port: 0, method: dr }, markOf([80, 443]))],
  ['a mark by DR to the one port that is marked', beside({ port: 80, method: dr }, markOf([80]))],
  ['a persistent mark by NAT to the one port that is marked', beside({ port: 80 }, markOf([80], sticky))],
  ['a mark without persistence by NAT, which writes the port', beside({ port: 8080 }, markOf([80, 443]))],
  ['a persistent port by NAT, which writes it', withRealServer({ port: 8081 }, { persistence: sticky })],
  ['port 0 with ports kept', beside({ port: 0 }, portZero)],
];

describe('rules about ports', () => { checkRules(portRules, broken, clean); });
