// Packet walks: the table of captures for each method, and what breaks them.
import { describe, expect, test } from 'vitest';
import type { Protocol, ServiceMatch } from '../definition/definition.ts';
import type { Tunnel } from '../definition/forwarding.ts';
import { linesOf, walkInput, walkInput6 } from '../testing/walks.ts';
import { walk } from './walk.ts';

const away = { place: 'behindDirector', address: '192.168.9.100', port: 40_000 } as const;
const far = { place: 'behindRouter', address: '203.0.113.7', port: 40_000 } as const;
const nat = { rip: '192.168.8.20', port: 8080, method: { kind: 'nat' } } as const;

function tun(tunnel: Tunnel, rip = '192.168.8.20') {
  return { rip, port: 80, method: { kind: 'tun', tunnel } } as const;
}

describe('what a capture shows', () => {
  test('DR changes the frame and the ttl, and the real server answers the client itself', () => {
    const walked = walk(walkInput());
    expect(linesOf(walked)).toEqual([
      'C>D 192.168.8.100 40000 > 192.168.8.200 80 ttl 64',
      'D>R 192.168.8.100 40000 > 192.168.8.200 80 ttl 63',
      'R>C 192.168.8.200 80 > 192.168.8.100 40000 ttl 64',
    ]);
    expect(walked).toMatchObject({ reply: 'direct', faults: [] });
  });

  test('NAT writes the real server there and the VIP back', () => {
    const walked = walk(walkInput({ realServer: nat, client: away }));
    expect(linesOf(walked)).toEqual([
      'C>D 192.168.9.100 40000 > 192.168.8.200 80 ttl 64',
      'D>R 192.168.9.100 40000 > 192.168.8.20 8080 ttl 63',
      'R>D 192.168.8.20 8080 > 192.168.9.100 40000 ttl 64',
      'D>C 192.168.8.200 80 > 192.168.9.100 40000 ttl 63',
    ]);
    expect(walked).toMatchObject({ reply: 'throughDirector', faults: [] });
  });

  test.each<[Tunnel, string]>([
    [{ type: 'ipip' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 4 ttl 63 +20 | '],
    [{ type: 'gue', port: 6080, checksum: 'none' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 17 udp 6080 ttl 63 +32 | '],
    [{ type: 'gue', port: 6080, checksum: 'csum' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 17 udp 6080 ttl 63 +32 | '],
    [{ type: 'gue', port: 6080, checksum: 'remcsum' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 17 udp 6080 ttl 63 +40 | '],
    [{ type: 'gre', checksum: 'none' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 47 ttl 63 +24 | '],
    [{ type: 'gre', checksum: 'csum' }, 'D>R 192.168.8.10 > 192.168.8.20 proto 47 ttl 63 +28 | '],
  ])('TUN carries the packet inside another: %j', (tunnel, around) => {
    expect(linesOf(walk(walkInput({ realServer: tun(tunnel) })))).toEqual([
      'C>D 192.168.8.100 40000 > 192.168.8.200 80 ttl 64',
      `${around}192.168.8.100 40000 > 192.168.8.200 80 ttl 63`,
      'R>C 192.168.8.200 80 > 192.168.8.100 40000 ttl 64',
    ]);
  });

  test('proxied is two connections, and the real server sees the DIP', () => {
    const proxied = { rip: '192.168.8.20', port: 8080, method: { kind: 'proxied' } } as const;
    expect(linesOf(walk(walkInput({ realServer: proxied })))).toEqual([
      'C>D 192.168.8.100 40000 > 192.168.8.200 80 ttl 64',
      'D>R 192.168.8.10 * > 192.168.8.20 8080 ttl 64',
      'R>D 192.168.8.20 8080 > 192.168.8.10 * ttl 64',
      'D>C 192.168.8.200 80 > 192.168.8.100 40000 ttl 64',
    ]);
  });

  test('IPv6 by DR, by NAT and by TUN', () => {
    const client = { place: 'behindRouter', address: '2001:db8::7', port: 40_000 } as const;
    expect(linesOf(walk(walkInput6()))).toEqual([
      'C>D fd00::100 40000 > fd00::200 80 ttl 64', 'D>R fd00::100 40000 > fd00::200 80 ttl 63', 'R>C fd00::200 80 > fd00::100 40000 ttl 64',
    ]);
    expect(linesOf(walk(walkInput6({ client, realServer: { rip: 'fd00::20', port: 8080, method: { kind: 'nat' } } })))).toEqual([
      'C>G 2001:db8::7 40000 > fd00::200 80 ttl 64', 'G>D 2001:db8::7 40000 > fd00::200 80 ttl 63', 'D>R 2001:db8::7 40000 > fd00::20 8080 ttl 62',
      'R>D fd00::20 8080 > 2001:db8::7 40000 ttl 64', 'D>G fd00::200 80 > 2001:db8::7 40000 ttl 63', 'G>C fd00::200 80 > 2001:db8::7 40000 ttl 62',
    ]);
    expect(linesOf(walk(walkInput6({ realServer: tun({ type: 'ipip' }, 'fd00::20') })))[1])
      .toBe('D>R fd00::10 > fd00::20 proto 41 ttl 63 +40 | fd00::100 40000 > fd00::200 80 ttl 63');
  });

  test('a tunnel to the other family has an outer header of that family', () => {
    expect(linesOf(walk(walkInput({ realServer: tun({ type: 'ipip' }, 'fd00::20') })))[1])
      .toBe('D>R fd00::10 > fd00::20 proto 4 ttl 63 +40 | 192.168.8.100 40000 > 192.168.8.200 80 ttl 63');
    expect(linesOf(walk(walkInput6({ realServer: tun({ type: 'gre', checksum: 'none' }) })))[1])
      .toBe('D>R 192.168.8.10 > 192.168.8.20 proto 47 ttl 63 +24 | fd00::100 40000 > fd00::200 80 ttl 63');
  });

  test('each router takes one from the ttl, inside a tunnel from the outer one only', () => {
    expect(linesOf(walk(walkInput({ client: far, realServer: tun({ type: 'ipip' }, '10.1.0.20'), realServerPlace: 'behindRouter' })))).toEqual([
      'C>G 203.0.113.7 40000 > 192.168.8.200 80 ttl 64',
      'G>D 203.0.113.7 40000 > 192.168.8.200 80 ttl 63',
      'D>G 192.168.8.10 > 10.1.0.20 proto 4 ttl 62 +20 | 203.0.113.7 40000 > 192.168.8.200 80 ttl 62',
      'G>R 192.168.8.10 > 10.1.0.20 proto 4 ttl 61 +20 | 203.0.113.7 40000 > 192.168.8.200 80 ttl 62',
      'R>G 192.168.8.200 80 > 203.0.113.7 40000 ttl 64',
      'G>C 192.168.8.200 80 > 203.0.113.7 40000 ttl 63',
    ]);
  });

  test('a mark with port 0 keeps the port of the packet, by NAT too', () => {
    const match: ServiceMatch = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['192.168.8.200'], ports: [80, 443] };
    const service = { match, persistence: null, onePacket: false };
    const target = { vip: '192.168.8.200', port: 443 };
    const toPort = (port: number) => walk(walkInput({ service, target, client: away, realServer: { ...nat, port } })).hops[1]?.packet.destination;
    expect(toPort(0)).toEqual({ address: '192.168.8.20', port: 443 });
    expect(toPort(8443)).toEqual({ address: '192.168.8.20', port: 8443 });
  });

  test('what leaves no host has no frame, and the ttl stays', () => {
    const tutorial = walkInput({
      service: { match: { kind: 'address', protocol: 'tcp', vip: '127.0.8.200', port: 8080 }, persistence: null, onePacket: false },
      realServer: { rip: '127.0.8.20', port: 8080, method: { kind: 'proxied' } }, dip: { ipv4: '127.0.8.10', ipv6: null },
      target: { vip: '127.0.8.200', port: 8080 }, client: { place: 'onDirector', port: 40_000 }, realServerPlace: 'onDirector',
    });
    expect(linesOf(walk(tutorial))).toEqual([
      'lo  127.0.0.1 40000 > 127.0.8.200 8080 ttl 64', 'lo  127.0.8.10 * > 127.0.8.20 8080 ttl 64',
      'lo  127.0.8.20 8080 > 127.0.8.10 * ttl 64', 'lo  127.0.8.200 8080 > 127.0.0.1 40000 ttl 64',
    ]);
  });
});

function sizes(tunnel: Tunnel, rip?: string) {
  return walk(walkInput({ realServer: tun(tunnel, rip) })).hops.map(({ room }) => [room.packetBytes, room.payloadBytes]);
}

function firstHop(protocol: Protocol) {
  const service = { match: { kind: 'address', protocol, vip: '192.168.8.200', port: 80 }, persistence: null, onePacket: false } as const;
  return walk(walkInput({ service })).hops[0];
}

describe('what is left of the MTU', () => {
  test('a tunnel takes its headers from it', () => {
    expect(sizes({ type: 'ipip' })).toEqual([[1500, 1460], [1480, 1440], [1500, 1460]]);
    expect(sizes({ type: 'gue', port: 6080, checksum: 'none' }, 'fd00::20')[1]).toEqual([1448, 1408]);
  });

  test('IPv6, UDP and SCTP have headers of their own', () => {
    expect(walk(walkInput6()).hops[0]?.room.payloadBytes).toBe(1_440);
    expect(firstHop('udp')).toMatchObject({ packet: { protocol: 'udp' }, room: { payloadBytes: 1_472 } });
    expect(firstHop('sctp')).toMatchObject({ packet: { protocol: 'sctp' }, room: { payloadBytes: 1_452 } });
  });
});

describe('what breaks a walk', () => {
  test('NAT with a client in the same subnet: the answer goes past the director', () => {
    const walked = walk(walkInput({ realServer: nat }));
    expect(linesOf(walked).at(-1)).toBe('R>C 192.168.8.20 8080 > 192.168.8.100 40000 ttl 64');
    expect(walked).toMatchObject({ reply: 'direct', faults: [{ code: 'natReplyPastDirector', hop: 2 }] });
  });

  test('DR and TUN with the director as the way to the client: it drops what comes from its VIP, in IPv4', () => {
    for (const realServer of [walkInput().realServer, tun({ type: 'ipip' })]) {
      const walked = walk(walkInput({ realServer, client: away }));
      expect(linesOf(walked).at(-1)).toBe('R>D 192.168.8.200 80 > 192.168.9.100 40000 ttl 64');
      expect(walked).toMatchObject({ reply: null, faults: [{ code: 'replyThroughDirector', hop: 2 }] });
    }
    const ipv6 = walk(walkInput6({ client: { place: 'behindDirector', address: 'fd01::100', port: 40_000 } }));
    expect(ipv6).toMatchObject({ reply: 'throughDirector', faults: [] });
    expect(linesOf(ipv6).at(-1)).toBe('D>C fd00::200 80 > fd01::100 40000 ttl 63');
  });

  test('DR reaches no real server behind a router', () => {
    expect(walk(walkInput({ realServerPlace: 'behindRouter' }))).toMatchObject({ reply: null, faults: [{ code: 'drAcrossRouter', hop: 1 }] });
  });

  test('DR and TUN leave the port as it is', () => {
    const walked = walk(walkInput({ realServer: { ...walkInput().realServer, port: 8080 } }));
    expect(walked.hops[1]?.packet.destination.port).toBe(80);
    expect(walked.faults).toEqual([{ code: 'portNotChanged', hop: 1, params: { port: 8080, arrives: 80 } }]);
  });

  test('a director that is its own client gets no answer by DR, and one by NAT', () => {
    const client = { place: 'onDirector', port: 40_000 } as const;
    expect(walk(walkInput({ client }))).toMatchObject({ reply: null, faults: [{ code: 'clientIsDirector' }] });
    const byNat = walk(walkInput({ client, realServer: nat }));
    expect(byNat).toMatchObject({ reply: 'throughDirector', faults: [] });
    expect(linesOf(byNat)[1]).toBe('D>R 192.168.8.200 40000 > 192.168.8.20 8080 ttl 63');
  });

  test('NAT of single packets is never changed back', () => {
    const service = { match: { kind: 'address', protocol: 'udp', vip: '192.168.8.200', port: 80 }, persistence: null, onePacket: true } as const;
    const walked = walk(walkInput({ service, realServer: nat, client: away }));
    expect(linesOf(walked).at(-1)).toBe('D>C 192.168.8.20 8080 > 192.168.9.100 40000 ttl 63');
    expect(walked.faults).toMatchObject([{ code: 'onePacketByNat', hop: 3 }]);
  });

  test.each([
    ['familyNeedsTunnel', walkInput({ realServer: { ...nat, rip: 'fd00::20' } })],
    ['proxiedNeedsPort', walkInput({ realServer: { rip: '192.168.8.20', port: 0, method: { kind: 'proxied' } } })],
    ['loopbackByNat', walkInput({ realServer: { ...nat, rip: '127.0.0.1' }, realServerPlace: 'onDirector' })],
    ['loopbackLeavesNoHost', walkInput({ target: { vip: '127.0.8.200', port: 80 }, client: { place: 'onDirector', port: 1 } })],
  ] as const)('%s: the director sends nothing on', (code, input) => {
    const walked = walk(input);
    expect(walked).toMatchObject({ reply: null, faults: [{ code, hop: 0 }] });
    expect(walked.hops).toHaveLength(1);
  });

  test('NAT to the director itself answers past the translation', () => {
    expect(walk(walkInput({ realServer: { ...nat, rip: '192.168.8.10' }, realServerPlace: 'onDirector' }))).toMatchObject({
      reply: 'direct', faults: [{ code: 'realServerIsDirector' }] });
  });
});
