import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetlinkError } from '@weir/netlink';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { readConnectionLine } from './connection-line.ts';
import { addressOfHex, hexOfAddress, hexOfPort, portOfHex } from './hex-address.ts';
import { modulesIn, readModules } from './modules.ts';
import { readSysctls, writeSysctl } from './sysctls.ts';
import { readQuickTable } from './table.ts';

const table = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  C0A808C8:0050 sh  persistent 15000 FFFFFF00
  -> C0A8081F:0050      Tunnel  1      0          0         
  -> C0A80814:0050      Masq    3      17         4294967295
UDP  C0A808C8:0035 mh ops  
TCP  [fd00:0000:0000:0000:0000:0000:0000:0001]:0050 rr persistent 15000 40000000
  -> [fd00:0000:0000:0000:0000:0000:0000:0020]:1F90      Route   2      0          0         
FWM  FFFFFFFF rr 
FWM  00000007 wlc persistent 90000 FFFFFFFF
  -> C0A80814:0000      Local   1      0          0         
`;

test('reads the table of /proc/net/ip_vs', () => {
  const quiet = { active: 0, inactive: 0 };
  expect(readQuickTable(table)).toEqual([
    {
      id: { kind: 'address', protocol: 'tcp', address: '192.168.8.200', port: 80 }, scheduler: 'sh',
      destinations: [
        { address: '192.168.8.31', port: 80, forward: 'Tunnel', weight: 1, ...quiet },
        { address: '192.168.8.20', port: 80, forward: 'Masq', weight: 3, active: 17, inactive: 4_294_967_295 },
      ],
    },
    { id: { kind: 'address', protocol: 'udp', address: '192.168.8.200', port: 53 }, scheduler: 'mh', destinations: [] },
    {
      id: { kind: 'address', protocol: 'tcp', address: 'fd00::1', port: 80 }, scheduler: 'rr',
      destinations: [{ address: 'fd00::20', port: 8_080, forward: 'Route', weight: 2, ...quiet }],
    },
    { id: { kind: 'mark', mark: 4_294_967_295 }, scheduler: 'rr', destinations: [] },
    {
      id: { kind: 'mark', mark: 7 }, scheduler: 'wlc',
      destinations: [{ address: '192.168.8.20', port: 0, forward: 'Local', weight: 1, ...quiet }],
    },
  ]);
  expect(readQuickTable('')).toEqual([]);
});

test.each([
  ['  -> C0A80814:0050 Masq 1 0 0', 'begins with a destination'],
  ['TCP C0A808C8:0050', 'has no scheduler'],
  ['TCP C0A808C8 rr', 'endpoint: "C0A808C8" is none'],
  ['TCP C0A808C:0050 rr', 'endpoint: "C0A808C:0050" is none'],
  ['TCP C0A808C8:00500 rr', 'endpoint: "C0A808C8:00500" is none'],
  ['TCP [C0A808C8]:0050 rr', 'endpoint: "[C0A808C8]:0050" is none'],
  ['TCP [fd00:1]:0050 rr', 'address: "fd00:1" is none'],
  ['TCP C0A808C8:0050 rr\n  -> C0A80814:0050 Nat 1 0 0', 'forwarding method: "Nat" is none'],
  ['TCP C0A808C8:0050 rr\n  -> C0A80814:0050 Masq -1 0 0', 'weight: "-1" is no count'],
  ['TCP C0A808C8:0050 rr\n  -> C0A80814:0050 Masq 1 0x0 0', 'connections: "0x0" is no count'],
  ['TCP C0A808C8:0050 rr\n  -> C0A80814:0050 Masq 1 0 4294967296', 'connections: "4294967296" is no count'],
  ['TCP C0A808C8:0050 rr\n  -> C0A80814:0050 Masq 1 0', 'connections: "" is no count'],
])('refuses the table with %j', (lines, reason) => {
  expect(() => readQuickTable(`\n\n\n${lines}\n`)).toThrow(reason);
});

const heading = 'Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData';

test('reads lines of the connection table', () => {
  expect(readConnectionLine(heading)).toBeNull();
  expect(readConnectionLine('TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 FIN_WAIT        112')).toEqual({
    protocol: 'tcp', family: 'ipv4', client: '192.168.8.100', clientPort: 53_532, virtual: { kind: 'address', address: '192.168.8.200', port: 80 },
    destination: '192.168.8.20', destinationPort: 80, state: 'FIN_WAIT', expiresInSeconds: 112, origin: null, engine: null,
  });
  expect(readConnectionLine(
    'TCP fd00:0000:0000:0000:0000:0000:0000:0201 A902 fd00:0000:0000:0000:0000:0000:0000:0200 0050 fd00:0000:0000:0000:0000:0000:0000:0030 0050 FIN_WAIT        117',
  )).toMatchObject({ family: 'ipv6', client: 'fd00::201', clientPort: 43_266, virtual: { address: 'fd00::200', port: 80 }, destination: 'fd00::30' });
});

test('reads templates of a mark and of an engine, and where a connection comes from', () => {
  expect(readConnectionLine('IP  C0A80864 0000 00000007 0000 C0A8081E 0000 ASSURED          59')).toMatchObject({
    protocol: 'ip', clientPort: 0, virtual: { kind: 'mark', mark: 7 }, state: 'ASSURED', expiresInSeconds: 59,
  });
  expect(readConnectionLine(
    'IP  fd00:0000:0000:0000:0000:0000:0000:0201 0000 0000:0007:0000:0000:0000:0000:0000:0000 0000 fd00:0000:0000:0000:0000:0000:0000:0030 0000 NONE             5',
  )).toMatchObject({ family: 'ipv6', virtual: { kind: 'mark', mark: 7 } });
  expect(readConnectionLine('UDP C0A80864 0000 C0A808C8 13C4 C0A80814 13C4 NONE             59 sip 1-23@host')).toMatchObject({ engine: 'sip', origin: null });
  expect(readConnectionLine('TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 ESTABLISHED SYNC       112')).toMatchObject({ origin: 'sync', expiresInSeconds: 112 });
  expect(readConnectionLine('TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 ESTABLISHED LOCAL      112')).toMatchObject({ origin: 'local' });
});

test.each([
  '', 'TCP', 'TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 FIN_WAIT', 'TCP C0A8086 D11C C0A808C8 0050 C0A80814 0050 FIN_WAIT 1',
  'TCP C0A80864 D11 C0A808C8 0050 C0A80814 0050 FIN_WAIT 1', 'TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 <b> 1', `TCP ${'0'.repeat(700)}`,
  'TCP C0A80864 D11C C0A808C8 0050 C0A80814 0050 FIN_WAIT -1', 'TCP fd00:0:1 D11C C0A808C8 0050 C0A80814 0050 FIN_WAIT 1',
])('refuses the connection line %j', (line) => {
  expect(() => readConnectionLine(line)).toThrow(NetlinkError);
});

function attempt(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof NetlinkError)) throw error;
  }
}

test('answers any text with values or its error', () => {
  const word = fc.constantFrom('TCP', 'FWM', '->', 'C0A80864', 'C0A80864:0050', '[fd00:1]:0050', ':', '0050', 'rr', 'Masq', '1', '-1', 'ESTABLISHED', '\n', '\0', 'é');
  fc.assert(fc.property(fc.array(word, { maxLength: 30 }), fc.string(), (words, noise) => {
    for (const text of [words.join(' '), `\n\n\n${words.join(' ')}`, noise, `\n\n\n${noise}`]) {
      expect(() => attempt(() => readQuickTable(text))).not.toThrow();
      expect(() => attempt(() => readConnectionLine(text))).not.toThrow();
    }
  }), { numRuns: 1_000 });
});

test('writes addresses and ports as the kernel does', () => {
  const written = { '192.168.8.100': 'C0A80864', '0.0.0.1': '00000001', 'fd00::201': 'fd00:0000:0000:0000:0000:0000:0000:0201' };
  expect(Object.keys(written).map(hexOfAddress)).toEqual(Object.values(written));
  expect(Object.values(written).map(addressOfHex)).toEqual(Object.keys(written));
  expect([80, 0, 65_535].map(hexOfPort)).toEqual(['0050', '0000', 'FFFF']);
  expect(portOfHex(hexOfPort(53_532))).toBe(53_532);
});

test('finds schedulers and engines among the modules on disk, built in and loaded', async () => {
  const { schedulers, engines, all } = modulesIn({
    onDisk: [
      'kernel/net/netfilter/ipvs/ip_vs.ko: kernel/lib/libcrc32c.ko\nkernel/net/netfilter/ipvs/ip_vs_rr.ko.xz:\nkernel/net/netfilter/ipvs/ip_vs_ftp.ko: x\nkernel/net/netfilter/ipvs/ip_vs_pe_sip.ko.zst:',
      'kernel/net/netfilter/ipvs/ip_vs_wlc.ko\nkernel/net/ipv4/ipip.ko\n',
    ],
    loaded: 'ip_vs_own 16384 1 - Live 0x0\nnf_conntrack 188416 1 ip_vs, Live 0x0\n',
  });
  expect([...schedulers].toSorted()).toEqual(['own', 'rr', 'wlc']);
  expect([...engines]).toEqual(['sip']);
  expect(all.has('ipip') && all.has('nf_conntrack')).toBe(true);
  expect((await readModules('/nowhere', '/nowhere')).all.size).toBe(0);
});

test('reads and writes the sysctls that are there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-sysctls-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'sync_threshold'), '3\t50\n');
  await writeFile(join(folder, 'conntrack'), '0\n');
  await writeFile(join(folder, 'Not.a.sysctl'), 'x');
  expect([...await readSysctls(folder)]).toEqual([['conntrack', '0'], ['sync_threshold', '3\t50']]);
  await writeSysctl('conntrack', '1', folder);
  expect((await readSysctls(folder)).get('conntrack')).toBe('1');
  await expect(writeSysctl('absent', '1', folder)).rejects.toThrow('write sysctl absent: ENOENT');
  await expect(writeSysctl('../conntrack', '1', folder)).rejects.toThrow('is no name');
  await expect(readSysctls(join(folder, 'absent'))).rejects.toThrow('ENOENT');
});
