// A walk's addresses by the names that LVS gives them.
import { walk, type WalkInput } from '@weir/model';
import { expect, test } from 'vitest';
import { hopWords, macWords, namedAddresses, outerText, outerWords, socketText } from './walk-words.ts';

function input(realServer: WalkInput['realServer']): WalkInput {
  return {
    service: { match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.200', port: 80 }, persistence: null, onePacket: false }, realServer,
    dip: { ipv4: '192.168.8.10', ipv6: null }, target: { vip: '192.168.8.200', port: 80 }, realServerPlace: 'sameSubnet', mtuBytes: 1_500,
    client: { place: 'behindDirector', address: '192.168.9.100', port: 40_000 },
  };
}

function wordsOf(given: WalkInput): string[] {
  const walked = walk(given);
  const names = namedAddresses(walked, given);
  return walked.hops.map((hop) => `${macWords(hop)}: ${outerWords(hop.outer, names) ?? ''} ${hopWords(hop, names)}`);
}

test('NAT, TUN and proxied read like a tutorial', () => {
  expect(wordsOf(input({ rip: '192.168.8.20', port: 8080, method: { kind: 'nat' } }))).toEqual([
    'C → D:  CIP → VIP', 'D → R:  CIP → RIP', 'R → D:  RIP → CIP', 'D → C:  VIP → CIP',
  ]);
  expect(wordsOf(input({ rip: '192.168.8.20', port: 80, method: { kind: 'tun', tunnel: { type: 'ipip' } } }))[1]).toBe('D → R: DIP → RIP CIP → VIP');
  expect(wordsOf(input({ rip: '192.168.8.20', port: 8080, method: { kind: 'proxied' } })).slice(1, 3)).toEqual(['D → R:  DIP → RIP', 'R → D:  RIP → DIP']);
});

test('ports that a kernel chooses are a star, unknown addresses a dash', () => {
  expect(socketText({ address: 'fd00::1', port: null })).toBe('[fd00::1]:*');
  expect(socketText({ address: null, port: null })).toBe('—:*');
  const [, hop] = walk({ ...input({ rip: '192.168.8.20', port: 80, method: { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'none' } } }), dip: { ipv4: null, ipv6: null } }).hops;
  expect(outerText(hop?.outer ?? null)).toBe('— → 192.168.8.20:6080, gue, proto 17, ttl 63');
});
