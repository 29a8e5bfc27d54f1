import * as fc from 'fast-check';
import { hex } from '@weir/netlink/testing';
import { NetlinkError } from '@weir/netlink';
import { describe, expect, test } from 'vitest';
import type { IpvsClient } from './client.ts';
import * as commands from './commands.ts';
import { namedService } from './service.ts';
import type { ServiceId, ServiceSettings } from './service.ts';
import { fixture } from './testing/fixture.ts';
import { FAMILY_ID, scriptedClient } from './testing/scripted-client.ts';

const vip = '192.168.8.200';
const web: ServiceId = { kind: 'address', family: 'ipv4', protocol: 6, address: vip, port: 80 };
const none = { connections: 0n, packetsIn: 0n, packetsOut: 0n, bytesIn: 0n, bytesOut: 0n };
const plain = { scheduler: 'rr', flags: 0, timeoutSeconds: 0, netmask: 0xffff_ffff, engine: null };
const untunnelled = { tunnelType: 0, tunnelPort: 0, tunnelFlags: 0 };
const unlimited = { upperThreshold: 0, lowerThreshold: 0 };
const idle = { active: 0, inactive: 0, persistent: 0 };

/** Without the netlink header, and without the padding of the last attribute. */
function bodySent(run: (client: IpvsClient) => void): Buffer {
  const { client, transport } = scriptedClient();
  run(client);
  const [datagram] = transport.sent;
  expect(datagram?.readUInt16LE(4)).toBe(FAMILY_ID);
  return datagram?.subarray(16) ?? Buffer.alloc(0);
}

function identities(bodies: readonly Buffer[]): string[] {
  return scriptedClient(bodies).client.eachDestination(namedService(web), ({ identity }) => identity.join(' '));
}

describe('reads what a kernel sent', () => {
  test('services by address and by mark, with flags, persistence and engine', () => {
    const read = scriptedClient(fixture('services')).client.services();
    expect(read.map(({ id, settings }) => ({ id, settings }))).toEqual([
      { id: web, settings: { scheduler: 'sh', flags: 0x19, timeoutSeconds: 60, netmask: 0xffff_ff00, engine: null } },
      { id: { ...web, protocol: 17, port: 53 }, settings: { ...plain, scheduler: 'mh', flags: 0x1c } },
      { id: { ...web, protocol: 132, port: 99 }, settings: plain },
      { id: { ...web, protocol: 17, port: 5_060 }, settings: { ...plain, flags: 1, timeoutSeconds: 60, engine: 'sip' } },
      { id: { ...web, family: 'ipv6', address: 'fd00::1' }, settings: { ...plain, flags: 1, timeoutSeconds: 60, netmask: 64 } },
      { id: { kind: 'mark', family: 'ipv4', mark: 4_294_967_295 }, settings: plain },
      { id: { kind: 'mark', family: 'ipv6', mark: 5 }, settings: { ...plain, netmask: 128 } },
      { id: { kind: 'mark', family: 'ipv4', mark: 7 }, settings: { ...plain, scheduler: 'wlc', flags: 1, timeoutSeconds: 360 } },
    ]);
    expect(read[0]?.counters).toEqual(none);
  });

  test('destinations of each method and family', () => {
    const read = scriptedClient(fixture('destinations')).client.destinations(namedService(web));
    expect(read).toEqual([
      { id: { address: '192.168.8.31', port: 80 }, connections: idle, settings: { ...unlimited, forward: 2, weight: 1, tunnelType: 2, tunnelPort: 0, tunnelFlags: 0 } },
      { id: { address: '192.168.8.30', port: 80 }, connections: idle, settings: { ...unlimited, forward: 2, weight: 1, tunnelType: 1, tunnelPort: 6_080, tunnelFlags: 1 } },
      { id: { address: '192.168.8.20', port: 80 }, connections: idle, settings: { ...unlimited, ...untunnelled, forward: 2, weight: 3 } },
      { id: { address: 'fd00::20', port: 8_080 }, connections: idle, settings: { ...untunnelled, forward: 0, weight: 2, upperThreshold: 100, lowerThreshold: 50 } },
      { id: { address: '192.168.8.20', port: 0 }, connections: idle, settings: { ...unlimited, ...untunnelled, forward: 3, weight: 1 } },
    ]);
  });

  test('samples of services and destinations', () => {
    expect(scriptedClient(fixture('services')).client.serviceSamples()[7]).toEqual({ id: { kind: 'mark', family: 'ipv4', mark: 7 }, counters: none });
    const { client } = scriptedClient(fixture('destinations'));
    const read = client.eachDestination(namedService(web), (row, place) => [place, row.name('ipv4'), row.forward, row.weight, row.counters()]);
    expect(read.slice(2)).toEqual([[2, '192.168.8.20:80', 2, 3, none], [3, '[fd00::20]:8080', 0, 2, none], [4, '192.168.8.20:0', 3, 1, none]]);
  });

  test('a destination is the same one exactly where address, family and port are', () => {
    const genuine = fixture('destinations');
    expect(new Set(identities(genuine)).size).toBe(genuine.length);
    expect(identities(genuine)).toEqual(identities(genuine));
  });

  test('a destination is like the words of one of which no byte differs, and of no other', () => {
    const genuine = fixture('destinations').slice(0, 3);
    const kept = scriptedClient(genuine).client.eachDestination(namedService(web), (row) => row.words(null));
    const alike = (bodies: readonly Buffer[]): number[] => scriptedClient(bodies).client.eachDestination(namedService(web), (row) => kept.findIndex((words) => row.isLike(words)));
    expect(alike(genuine)).toEqual([0, 1, 2]);
    const changed = genuine.map((body) => Buffer.from(body));
    // Behind the headers of the message, of DEST and of the address.
    for (const body of changed) body.writeUInt8(body.readUInt8(12) ^ 1, 12);
    expect(alike(changed)).toEqual([-1, -1, -1]);
    const [first] = kept;
    expect(scriptedClient(changed).client.eachDestination(namedService(web), (row) => row.words(first ?? null) === first)).toEqual([true, true, true]);
    expect(alike(changed)).toEqual([-1, -1, 0]);
  });

  test('daemons of both roles', () => {
    const common = { interfaceName: 'd0', group: '224.0.0.81', port: 8_848, ttl: 1, longestMessageBytes: 1_472 };
    expect(scriptedClient(fixture('daemons')).client.daemons()).toEqual([
      { ...common, role: 'master', syncId: 7 }, { ...common, role: 'backup', syncId: 9 },
    ]);
  });

  test('version, table size and timeouts', () => {
    expect(scriptedClient([hex('0e010000 08000100 01020100 08000200 00100000')]).client.info()).toEqual({ version: '1.2.1', connectionTableSize: 4_096 });
    const { client } = scriptedClient([hex('0c010000 08000400 84030000 08000500 78000000 08000600 2c010000')]);
    expect(client.timeouts()).toEqual({ tcpSeconds: 900, tcpFinSeconds: 120, udpSeconds: 300 });
  });
});

describe('writes', () => {
  test('a service, whose flags leave the kernel\'s own alone', () => {
    const settings: ServiceSettings = { scheduler: 'sh', flags: 0x1b, timeoutSeconds: 60, netmask: 0xffff_ff00, engine: 'sip' };
    expect(bodySent((client) => client.addService(web, settings))).toEqual(hex(`01010000 50000100 06000100 02000000 06000200 06000000
      08000300 c0a808c8 06000400 00500000 07000600 73680000 0c000700 19000000 3d000000 08000800 3c000000 08000900 ffffff00 08000b00 73697000`));
  });

  test('a service of a mark and IPv6, whose netmask is a length in host order', () => {
    expect(bodySent((client) => client.setService({ kind: 'mark', family: 'ipv6', mark: 5 }, { ...plain, netmask: 64 }))).toEqual(hex(`02010000
      38000100 06000100 0a000000 08000500 05000000 07000600 72720000 0c000700 00000000 3d000000 08000800 00000000 08000900 40000000`));
  });

  test('a destination with its service, and its removal by what names it', () => {
    const rs = { address: '192.168.8.32', port: 80 };
    const service = '24000100 06000100 02000000 06000200 06000000 08000300 c0a808c8 06000400 00500000';
    expect(bodySent((client) => client.addDestination(web, rs, { ...unlimited, forward: 2, weight: 1, tunnelType: 1, tunnelPort: 6_080, tunnelFlags: 1 })))
      .toEqual(hex(`05010000 ${service} 54000200 08000100 c0a80820 06000200 00500000 06000b00 02000000 08000300 02000000 08000400 01000000
        08000500 00000000 08000600 00000000 05000d00 01000000 06000e00 17c00000 06000f00 01000000`));
    expect(bodySent((client) => client.removeDestination(web, rs)))
      .toEqual(hex(`07010000 ${service} 1c000200 08000100 c0a80820 06000200 00500000 06000b00 02000000`));
  });

  test('zeroing, timeouts and daemons', () => {
    expect(bodySent((client) => client.zero(null))).toEqual(hex('10010000'));
    expect(bodySent((client) => client.zero({ kind: 'mark', family: 'ipv4', mark: 7 }))).toEqual(hex('10010000 14000100 06000100 02000000 08000500 07000000'));
    expect(bodySent((client) => client.setTimeouts({ tcpSeconds: 100, tcpFinSeconds: 0, udpSeconds: 50 })))
      .toEqual(hex('0c010000 08000400 64000000 08000500 00000000 08000600 32000000'));
    expect(bodySent((client) => client.startDaemon({ role: 'backup', interfaceName: 'd0', syncId: 9 })))
      .toEqual(hex('09010000 1c000300 08000100 02000000 07000200 64300000 08000300 09000000'));
    expect(bodySent((client) => client.stopDaemon('master'))).toEqual(hex('0a010000 0c000300 08000100 01000000'));
  });

  test('no service that has no room in its attributes', () => {
    expect(() => scriptedClient().client.addService(web, { ...plain, scheduler: 'sixteen-letters!' })).toThrow('at most 15 bytes');
    expect(() => scriptedClient().client.removeService({ ...web, address: 'nowhere' })).toThrow('is none');
  });
});

test('names what was refused', () => {
  const { client } = scriptedClient([], 3);
  expect(() => client.removeService(web)).toThrow(new NetlinkError('remove', 'service tcp 192.168.8.200:80', { errno: 'ESRCH' }));
  expect(() => client.removeDestination({ kind: 'mark', family: 'ipv6', mark: 5 }, { address: 'fd00::20', port: 0 }))
    .toThrow('remove destination [fd00::20]:0 of service fwm ipv6 5: ESRCH');
  expect(client.batch([commands.zero(null), commands.removeService(namedService(web))])).toEqual(['ESRCH', 'ESRCH']);
});

test('an empty table is no error', () => {
  expect(scriptedClient().client.services()).toEqual([]);
  expect(scriptedClient().client.destinations(namedService(web))).toEqual([]);
});

const readers: readonly ((client: IpvsClient) => unknown)[] = [
  (client) => client.services(), (client) => client.destinations(namedService(web)), (client) => client.serviceSamples(),
  (client) => client.eachDestination(namedService(web), (row) => [row.name('ipv4'), row.counters()]),
  (client) => client.daemons(), (client) => client.info(), (client) => client.timeouts(), (client) => client.service(namedService(web)),
];

function attempt(reader: (client: IpvsClient) => unknown, body: Uint8Array): void {
  try {
    reader(scriptedClient([body]).client);
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
  }
}

test('answers damaged answers of a kernel with values or its error', () => {
  const genuine = [...fixture('services'), ...fixture('destinations'), ...fixture('daemons')];
  fc.assert(fc.property(fc.constantFrom(...readers), fc.constantFrom(...genuine), fc.nat(), fc.nat(255), fc.nat(), (reader, body, at, value, cut) => {
    const damaged = Buffer.from(body);
    damaged[at % damaged.length] = value;
    expect(() => attempt(reader, damaged.subarray(0, cut % (damaged.length + 1)))).not.toThrow();
  }), { numRuns: 2_000 });
});

test('answers any bytes with values or its error', () => {
  fc.assert(fc.property(fc.constantFrom(...readers), fc.uint8Array({ maxLength: 100 }), (reader, body) => {
    expect(() => attempt(reader, body)).not.toThrow();
  }), { numRuns: 1_000 });
});
