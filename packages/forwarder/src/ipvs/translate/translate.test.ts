// Weir's words and the kernel's: whatever Weir can say comes back as it was said, and what it cannot is told as it is.
import type { RealServerSettings, Scheduler, ServiceAddress, ServiceSettings } from '@weir/model';
import { ActualTable, endpointKey, serviceKey } from '@weir/model';
import { destinationName, serviceName } from '@weir/ipvs';
import type { Destination, DestinationSettings, Service, ServiceId, ServiceSettings as KernelServiceSettings } from '@weir/ipvs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { tell } from './actual.ts';
import { addressOfService, endpointOfDestination, settingsOfDestination, settingsOfService } from './from-kernel.ts';
import { destinationIdOf, destinationSettingsOf, serviceIdOf, serviceSettingsOf } from './to-kernel.ts';
import type { KernelMethod } from './to-kernel.ts';

const port = fc.integer({ min: 0, max: 65_535 });
const int = fc.integer({ min: 0, max: 2_147_483_647 });

const address: fc.Arbitrary<ServiceAddress> = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), family: fc.constantFrom('ipv4' as const, 'ipv6' as const), mark: fc.integer({ min: 1, max: 0xffff_ffff }) }),
  fc.record({ kind: fc.constant('address' as const), protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const), vip: fc.constantFrom('10.0.0.1', 'fd00::1'), port }),
);

const scheduler: fc.Arbitrary<Scheduler> = fc.oneof(
  fc.record({ name: fc.constantFrom('rr' as const, 'wlc' as const, 'nq' as const) }),
  fc.record({ name: fc.constantFrom('sh' as const, 'mh' as const), fallback: fc.boolean(), port: fc.boolean() }),
);

function settingsFor(of: ServiceAddress): fc.Arbitrary<ServiceSettings> {
  const isIpv6 = serviceIdOf(of).family === 'ipv6';
  return fc.record({
    scheduler, onePacket: fc.boolean(),
    persistence: fc.option(fc.record({
      timeoutSeconds: fc.integer({ min: 1, max: 2_678_400 }), prefixLength: fc.integer({ min: 1, max: isIpv6 ? 128 : 32 }), engine: fc.constantFrom(null, 'sip' as const),
    })),
  });
}

const checksum = fc.constantFrom('none' as const, 'csum' as const);
const method: fc.Arbitrary<KernelMethod> = fc.oneof(
  fc.constantFrom<KernelMethod>({ kind: 'nat' }, { kind: 'dr' }, { kind: 'tun', tunnel: { type: 'ipip' } }),
  checksum.map((sum): KernelMethod => ({ kind: 'tun', tunnel: { type: 'gre', checksum: sum } })),
  fc.record({ port: fc.integer({ min: 1, max: 65_535 }), checksum: fc.constantFrom('none' as const, 'csum' as const, 'remcsum' as const) })
    .map((tunnel): KernelMethod => ({ kind: 'tun', tunnel: { type: 'gue', ...tunnel } })),
);

test('a service comes back as it was said', () => {
  fc.assert(fc.property(address.chain((of) => fc.tuple(fc.constant(of), settingsFor(of))), ([of, settings]) => {
    const id = serviceIdOf(of);
    expect(addressOfService(id)).toEqual(of);
    expect(serviceName(id)).toBe(serviceKey(of));
    expect(settingsOfService({ id, settings: serviceSettingsOf(of, settings) })).toEqual(settings);
  }));
});

test('a real server comes back as it was said', () => {
  fc.assert(fc.property(method, int, int, int, port, fc.constantFrom('10.1.0.1', 'fd01::1'), (by, weight, upper, lower, at, rip) => {
    const settings: RealServerSettings = { method: by, weight, thresholds: { upper, lower } };
    const id = destinationIdOf({ rip, port: at });
    expect(endpointOfDestination(id)).toEqual({ rip, port: at });
    expect(destinationName(id)).toBe(endpointKey({ rip, port: at }));
    expect(settingsOfDestination(destinationSettingsOf(by, settings))).toEqual(settings);
  }));
});

const web: ServiceId = { kind: 'address', family: 'ipv4', protocol: 6, address: '10.0.0.1', port: 80 };
const plain: KernelServiceSettings = { scheduler: 'rr', flags: 0, timeoutSeconds: 0, netmask: 0xffff_ffff, engine: null };
const counters = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
const persistent = { flags: 1, timeoutSeconds: 60 };

function service(changes: Partial<KernelServiceSettings>, id: ServiceId = web): Service {
  return { id, settings: { ...plain, ...changes }, counters };
}

test.each<[string, Service, string]>([
  ['protocol', service({}, { ...web, protocol: 47, port: 0 }), '-A --protocol-47 10.0.0.1:0 -s rr'],
  ['address', service({}, { ...web, family: 'ipv6', address: '::ffff:10.0.0.1' }), '-A -t [::ffff:10.0.0.1]:80 -s rr'],
  ['scheduler', service({ scheduler: 'none' }), '-A -t 10.0.0.1:80 -s none'],
  ['scheduler', service({ scheduler: 'twos' }, { kind: 'mark', family: 'ipv6', mark: 5 }), '-A -f 5 -6 -s twos'],
  ['schedulerFlags', service({ flags: 0x8 }), '-A -t 10.0.0.1:80 -s rr -b flag-1'],
  ['schedulerFlags', service({ scheduler: 'sh', flags: 0x38 }), '-A -t 10.0.0.1:80 -s sh -b sh-fallback,sh-port,flag-3'],
  ['netmask', service({ ...persistent, netmask: 0xff00_ff00 }), '-A -t 10.0.0.1:80 -s rr -p 60 -M 255.0.255.0'],
  ['netmask', service({ ...persistent, netmask: 0 }), '-A -t 10.0.0.1:80 -s rr -p 60 -M 0.0.0.0'],
  ['timeout', service({ ...persistent, timeoutSeconds: 4_000_000 }), '-A -t 10.0.0.1:80 -s rr -p 4000000'],
  ['engine', service({ ...persistent, engine: 'own' }), '-A -t 10.0.0.1:80 -s rr -p 60 --pe own'],
  ['engine', service({ engine: 'sip' }), '-A -t 10.0.0.1:80 -s rr --pe sip'],
])('has no words for a service because of its %s', (why, found, text) => {
  const told = tell(found, []);
  expect([told.service, told.others]).toMatchObject([null, [{ key: serviceName(found.id), is: 'service', text, why }]]);
});

const unset: DestinationSettings = { forward: 0, weight: 1, upperThreshold: 0, lowerThreshold: 0, tunnelType: 0, tunnelPort: 0, tunnelFlags: 0 };

function destination(changes: Partial<DestinationSettings>, rip = '10.1.0.1'): Destination {
  return { id: { address: rip, port: 80 }, settings: { ...unset, ...changes }, connections: { active: 1, inactive: 2, persistent: 3 } };
}

test.each<[string, Destination, string]>([
  ['method', destination({ forward: 1 }), '-r 10.1.0.1:80 --local -w 1'],
  ['method', destination({ forward: 4 }), '-r 10.1.0.1:80 --bypass -w 1'],
  ['method', destination({ forward: 7 }), '-r 10.1.0.1:80 --forward-7 -w 1'],
  ['tunnel', destination({ forward: 2, tunnelType: 9 }), '-r 10.1.0.1:80 -i -w 1 --tun-type 9'],
  ['tunnel', destination({ forward: 2, tunnelType: 1, tunnelPort: 6_080, tunnelFlags: 3 }), '-r 10.1.0.1:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum --tun-remcsum'],
  ['weight', destination({ weight: -1 }), '-r 10.1.0.1:80 -m -w -1'],
  ['thresholds', destination({ upperThreshold: 0xffff_ffff, lowerThreshold: 7 }), '-r 10.1.0.1:80 -m -w 1 -x 4294967295 -y 7'],
  ['address', destination({}, '::ffff:10.1.0.1'), '-r [::ffff:10.1.0.1]:80 -m -w 1'],
])('has no words for a real server because of its %s', (why, found, text) => {
  const { service: said, others } = tell(service({}), [destination({}, '10.1.0.9'), found]);
  expect(said?.realServers.map(({ endpoint }) => endpoint.rip)).toEqual(['10.1.0.9']);
  expect(others).toEqual([{
    key: `tcp 10.0.0.1:80 ${destinationName(found.id)}`, is: 'realServer', service: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 },
    text: `-a -t 10.0.0.1:80 ${text}`, why,
  }]);
});

function listed(order: readonly string[]): unknown {
  return tell(service({}), order.map((rip) => destination({}, rip))).service?.realServers.map(({ endpoint }) => endpoint.rip);
}

test('lists real servers in one order, whatever the kernel\'s', () => {
  const rips = ['10.1.0.3', '10.1.0.1', '10.1.0.2'];
  expect(listed(rips)).toEqual(rips.toSorted());
  expect(listed(rips.toReversed())).toEqual(rips.toSorted());
});

test('lists what the kernel lists twice once', () => {
  expect(listed(['10.1.0.1', '10.1.0.2', '10.1.0.1'])).toEqual(['10.1.0.1', '10.1.0.2']);
});

test('tells whatever a kernel may have in a form that fits the wire', () => {
  const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
  const id: fc.Arbitrary<ServiceId> = fc.oneof(
    fc.record({ kind: fc.constant('mark' as const), family: fc.constantFrom('ipv4' as const, 'ipv6' as const), mark: fc.integer({ min: 1, max: 0xffff_ffff }) }),
    fc.record({ kind: fc.constant('address' as const), family: fc.constant('ipv4' as const), protocol: fc.integer({ min: 0, max: 255 }), address: fc.ipV4(), port }),
  );
  const settings = fc.record({ scheduler: fc.constantFrom('rr', 'sh', 'none', 'fifteen-letters'), flags: fc.integer({ min: 0, max: 0x3f }), timeoutSeconds: u32, netmask: u32, engine: fc.constantFrom(null, 'sip', 'sixteen-letters!') });
  const destinations = fc.uniqueArray(fc.record({
    id: fc.record({ address: fc.ipV4(), port }), connections: fc.record({ active: u32, inactive: u32, persistent: u32 }),
    settings: fc.record({ forward: fc.integer({ min: 0, max: 7 }), weight: fc.integer({ min: -1, max: 9 }), upperThreshold: u32, lowerThreshold: u32, tunnelType: fc.integer({ min: 0, max: 4 }), tunnelPort: port, tunnelFlags: fc.integer({ min: 0, max: 4 }) }),
  }), { selector: (one) => destinationName(one.id), maxLength: 4 });
  fc.assert(fc.property(id, settings, destinations, (found, has, all) => {
    const told = tell({ id: found, settings: has, counters }, all);
    const table = { services: told.service === null ? [] : [told.service], others: [...told.others] };
    expect(ActualTable.parse(table)).toEqual(table);
    expect((told.service?.realServers.length ?? 0) + told.others.filter(({ is }) => is === 'realServer').length).toBe(all.length);
  }));
});
