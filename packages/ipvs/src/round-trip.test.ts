import { ByteWriter } from '@weir/netlink';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { destinationName, destinationOf, writeDestination } from './destination.ts';
import type { DestinationSettings } from './destination.ts';
import { DestinationReader } from './destination-reader.ts';
import { commandTable } from './family/tables.ts';
import { namedService, serviceOf, writeService } from './service.ts';
import type { ServiceId, ServiceSettings } from './service.ts';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const port = fc.integer({ min: 0, max: 65_535 });
const addresses = { ipv4: fc.ipV4(), ipv6: fc.integer({ min: 1, max: 65_535 }).map((last) => `fd00::${last.toString(16)}`) };

const id: fc.Arbitrary<ServiceId> = fc.constantFrom('ipv4' as const, 'ipv6' as const).chain((family) => fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), family: fc.constant(family), mark: u32 }),
  fc.record({ kind: fc.constant('address' as const), family: fc.constant(family), protocol: fc.integer({ min: 0, max: 255 }), address: addresses[family], port }),
));

const settings: fc.Arbitrary<ServiceSettings> = fc.record({
  scheduler: fc.constantFrom('rr', 'none', 'a-long-name-of-1'.slice(0, 15)), flags: fc.integer({ min: 0, max: 0x3f }).map((flags) => flags & ~2),
  timeoutSeconds: u32, netmask: u32, engine: fc.constantFrom(null, 'sip', 'sixteen-letters!'),
});

const destinationSettings: fc.Arbitrary<DestinationSettings> = fc.record({
  forward: fc.integer({ min: 0, max: 7 }), weight: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), upperThreshold: u32, lowerThreshold: u32,
  tunnelType: fc.integer({ min: 0, max: 255 }), tunnelPort: port, tunnelFlags: port,
});

const stats64 = { connections: 1n, packetsIn: 2n, packetsOut: 3n, bytesIn: 2n ** 64n - 1n, bytesOut: 0n };

test('a service is read as it was written', () => {
  fc.assert(fc.property(id, settings, (service, given) => {
    const writer = new ByteWriter();
    writeService(writer, namedService(service), given);
    const written = Buffer.from(writer.written);
    const row = commandTable.read(written, 0, written.length).service;
    expect(row?.flags.mask).toBe(0x3d);
    expect(row && serviceOf({ ...row, stats64 })).toEqual({ id: service, settings: given, counters: stats64 });
    writer.clear();
    writeService(writer, namedService(service), { ...given });
    expect(Buffer.from(writer.written)).toEqual(written);
  }));
});

test('a destination is read as it was written, whatever family its service has', () => {
  const target = fc.record({ address: fc.oneof(addresses.ipv4, addresses.ipv6), port });
  fc.assert(fc.property(target, destinationSettings, fc.constantFrom('ipv4' as const, 'ipv6' as const), (at, given, family) => {
    const writer = new ByteWriter();
    writeDestination(writer, at, given);
    // What the kernel adds in its answers.
    writer.patch16(0, writer.length + 24);
    for (const [number, count] of [[7, 1], [8, 2], [9, 3]] as const) {
      writer.attribute(number, 4);
      writer.u32(count);
    }
    const reader = new DestinationReader();
    reader.read(Buffer.from(writer.written), 0, writer.length);
    expect(destinationOf(reader, family)).toEqual({ id: at, settings: given, connections: { active: 1, inactive: 2, persistent: 3 } });
    expect(reader.name(family)).toBe(destinationName(at));
  }));
});
