// ipvsadm as a witness: what Weir applies is what it lists, and what it or others put there is what Weir reads.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { Place } from '@weir/lab/vm';
import { endpointKey, ipvsadmCommand, plan, serviceKey } from '@weir/model';
import type { ForwardingTable, Operation, RealServerRule, ServiceAddress, ServiceRule, ServiceSettings } from '@weir/model';
import type { DestinationSettings, ServiceId } from '@weir/ipvs';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RemoteForwarder } from './testing/remote-forwarder.ts';

const vm = useKernelVm();
let director: Place;
let forwarder: RemoteForwarder;

beforeAll(async () => {
  const network = await vm().network({ hosts: { director: { interfaces: { eth0: { on: 'lan', addresses: ['10.0.0.9/8', 'fd00::9/16'] } } } }, modules: ['ip_vs'] });
  director = network.host('director');
  forwarder = await RemoteForwarder.open(director);
});

afterEach(() => director.run('ipvsadm -C'));

/** Each line's words in an order of their own: ipvsadm's depends on its version. */
function normal(lines: readonly string[]): string[] {
  return lines.filter((line) => line !== '').map((line) => line.trim().split(' ').toSorted().join(' ')).toSorted();
}

async function listed(): Promise<string[]> {
  return normal((await director.run('ipvsadm -Sn')).split('\n'));
}

/** `ipvsadm -S` says nothing of thresholds. */
function expected(table: ForwardingTable): string[] {
  const words = plan(table, { services: [] }).map((operation) => ipvsadmCommand(operation)?.replace(/^ipvsadm /, '').replace(/ -[xy] \d+/g, '') ?? 'nothing');
  return normal(words);
}

const bit = fc.boolean();
const scheduler: fc.Arbitrary<ServiceSettings['scheduler']> = fc.oneof(
  fc.constantFrom('rr', 'wlc', 'lblcr', 'dh', 'nq').map((name): ServiceSettings['scheduler'] => ({ name })),
  fc.record({ name: fc.constantFrom('sh' as const, 'mh' as const), fallback: bit, port: bit }),
);
const persistence = fc.option(fc.record({ timeoutSeconds: fc.integer({ min: 1, max: 2_678_400 }), prefixLength: fc.integer({ min: 1, max: 32 }), engine: fc.constant(null) }));
const realServers = (service: ServiceAddress): fc.Arbitrary<RealServerRule[]> => fc.uniqueArray(fc.record({
  endpoint: fc.record({
    rip: fc.integer({ min: 1, max: 4 }).map((last) => (serviceKey(service).includes('[') || serviceKey(service).includes('ipv6') ? `fd00::${last}` : `10.1.0.${last}`)),
    port: fc.constant(service.kind === 'mark' ? 0 : service.port),
  }),
  settings: fc.record({
    method: fc.constantFrom<RealServerRule['settings']['method']>(
      { kind: 'nat' }, { kind: 'dr' }, { kind: 'tun', tunnel: { type: 'ipip' } }, { kind: 'tun', tunnel: { type: 'gue', port: 6_080, checksum: 'csum' } }, { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } }),
    weight: fc.integer({ min: 0, max: 9 }), thresholds: fc.constantFrom({ upper: 0, lower: 0 }, { upper: 10, lower: 5 }),
  }),
}), { selector: ({ endpoint }) => endpointKey(endpoint), maxLength: 3 });

const addresses: readonly ServiceAddress[] = [
  { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 }, { kind: 'address', protocol: 'udp', vip: '10.0.0.1', port: 80 },
  { kind: 'address', protocol: 'sctp', vip: '10.0.0.2', port: 99 }, { kind: 'address', protocol: 'tcp', vip: 'fd00::c8', port: 80 },
  { kind: 'mark', family: 'ipv4', mark: 7 }, { kind: 'mark', family: 'ipv6', mark: 7 },
];
const tables: fc.Arbitrary<ForwardingTable> = fc.subarray([...addresses]).chain((some) => fc.tuple(...some.map((address): fc.Arbitrary<ServiceRule> => fc.record({
  address: fc.constant(address), settings: fc.record({ scheduler, persistence, onePacket: fc.constant(address.kind === 'address' && address.protocol === 'udp') }), realServers: realServers(address),
})))).map((services) => ({ services }));

it('random definitions, one after another, always end in exactly the table that was wanted', async () => {
  await fc.assert(fc.asyncProperty(tables, async (wanted) => {
    const results = await forwarder.apply(plan(wanted, await forwarder.read()), { onFailure: 'goOn' });
    expect(results.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(plan(wanted, await forwarder.read())).toEqual([]);
    expect(await listed()).toEqual(expected(wanted));
  }), { numRuns: 12 });
});

it('what ipvsadm changes is a difference of that object alone', async () => {
  const [address] = addresses;
  const wanted: ForwardingTable = { services: [{ address: address!, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, realServers: [1, 2].map((last) => (
    { endpoint: { rip: `10.1.0.${last}`, port: 80 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } } })) }] };
  await forwarder.apply(plan(wanted, await forwarder.read()), { onFailure: 'goOn' });
  await director.run('ipvsadm -e -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 5 -x 10');
  expect(plan(wanted, await forwarder.read())).toEqual([expect.objectContaining({ kind: 'setRealServer', endpoint: { rip: '10.1.0.2', port: 80 } })]);
  await director.run('ipvsadm -E -t 10.0.0.1:80 -s wlc -p 60; ipvsadm -d -t 10.0.0.1:80 -r 10.1.0.2:80');
  expect(plan(wanted, await forwarder.read()).map(({ kind }) => kind)).toEqual(['setService', 'addRealServer']);
});

describe('a rule that Weir has no words for', () => {
  const gre: ServiceId = { kind: 'address', family: 'ipv4', protocol: 47, address: '10.0.0.1', port: 0 };
  const web: ServiceId = { kind: 'address', family: 'ipv4', protocol: 6, address: '10.0.0.1', port: 80 };
  const plain = { scheduler: 'rr', flags: 0, timeoutSeconds: 0, netmask: 0xffff_ffff, engine: null };
  const local: DestinationSettings = { forward: 1, weight: 1, upperThreshold: 0, lowerThreshold: 0, tunnelType: 0, tunnelPort: 0, tunnelFlags: 0 };

  it('is told as it is, and stays where plans are carried out beside it', async () => {
    const raw = await director.use<typeof import('./testing/raw.guest.ts')>(new URL('./testing/raw.guest.ts', import.meta.url));
    await raw.addService(gre, plain);
    await raw.addService({ ...web, port: 81 }, { ...plain, scheduler: 'none' });
    await raw.addService({ ...web, port: 82 }, { ...plain, flags: 1, timeoutSeconds: 4_000_000, netmask: 0xff00_ff00 });
    await raw.addService(web, plain);
    await raw.addDestination(web, '10.1.0.1', 80, local);
    const told = await forwarder.read();
    expect(told.services.map(({ address }) => serviceKey(address))).toEqual(['tcp 10.0.0.1:80']);
    expect(told.others.map(({ key, is, why }) => [key, is, why])).toEqual([
      ['protocol 47 10.0.0.1:0', 'service', 'protocol'], ['tcp 10.0.0.1:80 10.1.0.1:80', 'realServer', 'method'],
      ['tcp 10.0.0.1:81', 'service', 'scheduler'], ['tcp 10.0.0.1:82', 'service', 'netmask'],
    ]);
    const wanted: ForwardingTable = { services: [80, 81, 83].map((port): ServiceRule => ({
      address: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port }, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false }, realServers: [],
    })) };
    const operations = plan(wanted, told);
    expect(operations.map(({ kind, service }) => [kind, serviceKey(service)])).toEqual([['addService', 'tcp 10.0.0.1:83']]);
    await forwarder.apply(operations, { onFailure: 'goOn' });
    expect((await forwarder.read()).others).toEqual(told.others);
  });
});

it('a refusal of the kernel in mid-batch is that object\'s, in words', async () => {
  const [service] = addresses;
  const add = (rip: string): Operation => ({
    kind: 'addRealServer', service: service!, realServer: { endpoint: { rip, port: 80 }, settings: { method: { kind: 'nat' }, weight: 1, thresholds: { upper: 0, lower: 0 } } },
  });
  const settings: ServiceSettings = { scheduler: { name: 'rr' }, persistence: null, onePacket: false };
  const results = await forwarder.apply([{ kind: 'addService', service: service!, settings }, add('10.1.0.1'), add('224.0.0.5'), add('10.1.0.1'), add('10.1.0.2')], { onFailure: 'goOn' });
  expect(results).toMatchObject([
    { status: 'done' }, { status: 'done' },
    { status: 'failed', fault: { code: 'unsupported', errno: 'EINVAL', message: expect.stringMatching(/^cannot add real server 224\.0\.0\.5:80 of service tcp 10\.0\.0\.1:80: .*an address that is no host's/) as string } },
    { status: 'failed', fault: { code: 'alreadyExists', errno: 'EEXIST' } }, { status: 'done' },
  ]);
});
