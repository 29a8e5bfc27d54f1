import type { Capabilities, Operation, OperationResult, RealServerSettings, ServiceAddress } from '@weir/model';
import { SchedulerName } from '@weir/model';
import { NetlinkError } from '@weir/netlink';
import type { Command } from '@weir/ipvs';
import { describe, expect, test } from 'vitest';
import { applyAll } from './apply.ts';
import { capabilitiesOf } from '../capabilities.ts';

const can = capabilitiesOf({
  schedulers: new Set(SchedulerName.options.filter((name) => name !== 'mh')), engines: new Set(), families: ['ipv4', 'ipv6'], protocols: new Set(['tcp', 'udp', 'sctp']),
  release: '6.1.0', removal: 'stall',
});
const web: ServiceAddress = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 };
const settings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false } as const;
const unlimited = { upper: 0, lower: 0 };

function add(index: number, changes: Partial<RealServerSettings> = {}, service = web): Operation {
  return {
    kind: 'addRealServer', service,
    realServer: { endpoint: { rip: `10.1.${index >> 8}.${index & 0xff}`, port: 80 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: unlimited, ...changes } },
  };
}

interface Bench {
  readonly sizes: number[];
  readonly apply: (operations: readonly Operation[], onFailure?: 'goOn' | 'rollBack') => Promise<readonly OperationResult[]>;
}

/** A kernel that refuses the commands with these places, counted from 0 over all batches. */
function bench(refuse: ReadonlyMap<number, string> = new Map(), lose?: NetlinkError, capabilities: Capabilities = can): Bench {
  const sizes: number[] = [];
  let count = 0;
  const batch = (commands: readonly Command[]): (string | null)[] => {
    sizes.push(commands.length);
    if (lose !== undefined) throw lose;
    return commands.map(() => {
      count += 1;
      return refuse.get(count - 1) ?? null;
    });
  };
  return { sizes, apply: (operations, onFailure = 'goOn') => applyAll(operations, { onFailure }, { client: { batch }, can: capabilities }) };
}

const failuresOf = (results: readonly OperationResult[]): unknown[] => results.flatMap((result, at) => (result.status === 'failed' ? [[at, result.fault.code, result.fault.errno]] : []));

describe('going on', () => {
  test('sends two hundred at a time, and finds each refusal\'s operation', async () => {
    const { apply, sizes } = bench(new Map([[0, 'EEXIST'], [250, 'ESRCH'], [449, 'EPERM']]));
    const results = await apply(Array.from({ length: 450 }, (_, index) => add(index)));
    expect(sizes).toEqual([200, 200, 50]);
    expect(results).toHaveLength(450);
    expect(failuresOf(results)).toEqual([[0, 'alreadyExists', 'EEXIST'], [250, 'notFound', 'ESRCH'], [449, 'permissionDenied', 'EPERM']]);
  });

  test('does not send what the kernel cannot do, and keeps the answers of the others in order', async () => {
    const { apply, sizes } = bench(new Map([[1, 'ENOENT']]));
    const results = await apply([add(0), add(1, { method: { kind: 'proxied', source: null } }), { kind: 'removeRealServer', service: web, removed: { endpoint: { rip: '10.1.0.9', port: 80 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: unlimited } } }, add(3)]);
    expect(sizes).toEqual([3]);
    expect(failuresOf(results)).toEqual([[1, 'unsupported', null], [2, 'notFound', 'ENOENT']]);
  });

  test('says of a batch whose answers were lost that nobody knows', async () => {
    const { apply } = bench(new Map(), new NetlinkError('batch', '2 requests', { errno: 'ENOBUFS' }));
    const results = await apply([add(0), add(1)]);
    expect(failuresOf(results)).toEqual([[0, 'unexpected', 'ENOBUFS'], [1, 'unexpected', 'ENOBUFS']]);
    expect(results[0]).toMatchObject({ fault: { message: expect.stringContaining('not known whether it was done') as string } });
  });
});

test('a kernel that does not answer is asked once, and the rest is not tried', async () => {
  const { apply, sizes } = bench(new Map(), new NetlinkError('batch', '200 requests', { errno: 'ETIMEDOUT' }));
  const results = await apply(Array.from({ length: 450 }, (_, index) => add(index)));
  expect(sizes).toEqual([200]);
  expect(failuresOf(results.slice(0, 1))).toEqual([[0, 'unexpected', 'ETIMEDOUT']]);
  expect(results.slice(200)).toEqual(Array.from({ length: 250 }, () => ({ status: 'skipped', why: 'noAnswer' })));
  expect((await bench(new Map(), new NetlinkError('batch', '1 request', { errno: 'ETIMEDOUT' })).apply([add(0), add(1)], 'rollBack'))[1]).toEqual({ status: 'skipped', why: 'noAnswer' });
});

test('rolling back stops at the first refusal, and sends nothing behind it', async () => {
  const { apply, sizes } = bench(new Map([[1, 'EEXIST']]));
  expect((await apply([add(0), add(1), add(2), add(3)], 'rollBack')).map(({ status }) => status)).toEqual(['done', 'failed', 'skipped', 'skipped']);
  expect(sizes).toEqual([1, 1]);
});

const addService = (service: ServiceAddress, changes: Partial<Extract<Operation, { kind: 'addService' }>['settings']> = {}): Operation => ({ kind: 'addService', service, settings: { ...settings, ...changes } });
const persistence = { timeoutSeconds: 60, prefixLength: 32, engine: null };

test.each<[string, Operation, Partial<Capabilities>?]>([
  ['no scheduler mh', addService(web, { scheduler: { name: 'mh', fallback: false, port: false } })],
  ['no persistence engine sip', addService(web, { persistence: { ...persistence, engine: 'sip' } })],
  ['was built without sctp', addService({ ...web, protocol: 'sctp' }), { protocols: ['tcp', 'udp'] }],
  ['no tunnels by gre', add(0, { method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } } }), { tunnels: ['ipip'] }],
  ['longer than an IPv4 address', addService(web, { persistence: { ...persistence, prefixLength: 64 } })],
  ['must be persistent', addService({ ...web, port: 0 })],
  ['is for UDP', addService(web, { onePacket: true })],
  ['it is no proxy', add(0, { method: { kind: 'proxied', source: null } })],
  ['must be the service\'s, 443', add(0, { method: { kind: 'dr' } }, { ...web, port: 443 })],
  ['only tun leads there', add(0, {}, { ...web, vip: 'fd00::1' })],
  ['lower threshold 9 is above', add(0, { thresholds: { upper: 3, lower: 9 } })],
])('refuses in words: %s', async (words, operation, less = {}) => {
  const { apply, sizes } = bench(new Map(), undefined, { ...can, ...less });
  expect(await apply([operation])).toMatchObject([{ status: 'failed', fault: { code: 'unsupported', message: expect.stringContaining(words) as string } }]);
  expect(sizes.every((size) => size === 0)).toBe(true);
});

test('lets the kernel have a marked service\'s DR port, a persistent service on every port, and a tunnel to the other family', async () => {
  const mark: ServiceAddress = { kind: 'mark', family: 'ipv4', mark: 7 };
  const results = await bench().apply([
    add(0, { method: { kind: 'dr' } }, mark), addService({ ...web, port: 0 }, { persistence }), add(1, { method: { kind: 'tun', tunnel: { type: 'ipip' } } }, { ...web, vip: 'fd00::1' }),
  ]);
  expect(failuresOf(results)).toEqual([]);
});

test('asks the kernel for what nobody could tell', async () => {
  const { apply } = bench(new Map(), undefined, { ...can, protocols: ['tcp'], tunnels: ['ipip'], unsure: ['sctp', 'gue'] });
  const gue = add(0, { method: { kind: 'tun', tunnel: { type: 'gue', port: 6_080, checksum: 'none' } } });
  expect(failuresOf(await apply([addService({ ...web, protocol: 'sctp' }), gue]))).toEqual([]);
});

test('does not do an address family that the kernel does not', async () => {
  const { apply } = bench(new Map(), undefined, { ...can, families: ['ipv4'] });
  expect(failuresOf(await apply([addService({ ...web, vip: 'fd00::1' }), addService(web)]))).toEqual([[0, 'unsupported', null]]);
});
