// What only a real kernel shows: the path to the VIP by DR and in tunnels, ping, and scripts without privileges.
import { fileURLToPath } from 'node:url';
import { tutorial, ipv6Of } from '@weir/lab/vm';
import type { HostDescription, Network, Remote } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import type { ProbeOf, RuleMethod, Tunnel } from '@weir/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasSystemd, startChecks } from '../../testing/vm/live-systemd.ts';
import type { Answer, ProbeTarget } from './probes.ts';

const vm = useKernelVm();
const { vip, director } = tutorial;
const archive = fileURLToPath(new URL('../../../archive', import.meta.url));
const LONG_MS = 60_000;
/** For what never answers: nothing hangs on how long that is waited for. */
const SHORT_MS = 2_000;

const RIPS = { owner: '192.168.8.20', bare: '192.168.8.30', tunnelled: '192.168.8.40', strict: '192.168.8.50' } as const;
const DR: RuleMethod = { kind: 'dr' };
const TUN = (tunnel: Tunnel): RuleMethod => ({ kind: 'tun', tunnel });

const vipOn = (ipv4: string, ipv6: string): string[] => [`address add ${vip}/32 dev ${ipv4}`, `address add ${ipv6Of(vip)}/128 dev ${ipv6} nodad`];
const quiet = { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 };

function host(address: string, ip: readonly string[] = [], sysctls: Record<string, number> = {}): HostDescription {
  return { interfaces: { eth0: { on: 'inside', addresses: [`${address}/24`, `${ipv6Of(address)}/64`] } }, ip: [...ip], sysctls };
}

function tunnelEnd(address: string, reversePath: number): HostDescription {
  const ends = ['link set tunl0 up', 'link set ip6tnl0 up', 'fou add port 6080 gue', `link add gre1 type gre local ${address}`, 'link set gre1 up'];
  return host(address, [...ends, ...vipOn('tunl0', 'ip6tnl0')], { ...quiet, 'net.ipv4.conf.all.rp_filter': reversePath, 'net.ipv4.conf.tunl0.rp_filter': reversePath });
}

let network: Network;
let guest: Remote<typeof import('./probes.guest.ts')>;
beforeAll(async () => {
  network = await vm().network({
    modules: ['ipip', 'ip6_tunnel', 'fou', 'ip_gre'],
    hosts: {
      // As the agent adds it: preferred, it would be the source of what the director itself sends.
      director: host(director, [`address add ${vip}/32 dev eth0`, `address add ${ipv6Of(vip)}/128 dev eth0 nodad preferred_lft 0`]),
      owner: host(RIPS.owner, vipOn('lo', 'lo'), quiet), bare: host(RIPS.bare),
      tunnelled: tunnelEnd(RIPS.tunnelled, 0), strict: tunnelEnd(RIPS.strict, 1),
    },
  });
  for (const name of Object.keys(RIPS)) network.host(name).spawn('busybox', ['httpd', '-f', '-p', '[::]:80', '-h', '/run']);
  await Promise.all(Object.keys(RIPS).map((name) => network.host(name).run('until ss -Hltn | grep -q ":80 "; do sleep 0.1; done')));
  guest = await network.host('director').use<typeof import('./probes.guest.ts')>(new URL('./probes.guest.ts', import.meta.url));
});
afterAll(() => network.remove());

function target(rip: string, method: RuleMethod | null = null, port = 80): ProbeTarget {
  const of = rip.includes(':') ? ipv6Of : (address: string): string => address;
  return { rip, port, source: null, path: method === null ? null : { vip: of(vip), vport: port, dip: of(director), method } };
}

const wordOf = ({ result }: Answer): string => (result.kind === 'good' ? 'good' : result.failure);
async function words(type: 'tcp' | 'icmp' | 'path', targets: readonly ProbeTarget[], timeoutMs: number): Promise<string[]> {
  return (await guest.runAll({ type }, targets, timeoutMs)).map(wordOf);
}

it('can do everything as root', async () => {
  expect([...await guest.supported()].sort()).toEqual(['agent', 'dns', 'exchange', 'http', 'icmp', 'path', 'script', 'tcp', 'tls']);
});

it('finds by the path the server without the VIP, which a plain connection does not, in both families', async () => {
  const [owner, bare] = [[RIPS.owner, ipv6Of(RIPS.owner)], [RIPS.bare, ipv6Of(RIPS.bare)]];
  expect(await words('tcp', [...owner, ...bare].map((rip) => target(rip)), LONG_MS)).toEqual(['good', 'good', 'good', 'good']);
  expect(await words('path', owner.map((rip) => target(rip, DR)), LONG_MS)).toEqual(['good', 'good']);
  expect(await words('path', bare.map((rip) => target(rip, DR)), SHORT_MS)).toEqual(['vipNotAnswered', 'vipNotAnswered']);
});

it('finds by the path the server with a strict reverse path filter, in each kind of tunnel', async () => {
  expect(await words('tcp', [target(RIPS.tunnelled), target(RIPS.strict)], LONG_MS)).toEqual(['good', 'good']);
  const tunnels: readonly Tunnel[] = [{ type: 'ipip' }, { type: 'gue', port: 6_080, checksum: 'none' }, { type: 'gre', checksum: 'none' }];
  expect(await words('path', [...tunnels.map((tunnel) => target(RIPS.tunnelled, TUN(tunnel))), target(ipv6Of(RIPS.tunnelled), TUN({ type: 'ipip' }))], LONG_MS)).toEqual(['good', 'good', 'good', 'good']);
  expect(await words('path', [target(RIPS.strict, TUN({ type: 'ipip' }))], SHORT_MS)).toEqual(['vipNotAnswered']);
});

it('says a refusal, nobody there, and what cannot be asked; and leaves no half-open connection', async () => {
  expect(await words('path', [target(RIPS.owner, DR, 81), target(director, DR), target(RIPS.owner, { kind: 'nat' })], LONG_MS)).toEqual(['refused', 'unsupported', 'unsupported']);
  expect(await words('path', [target('192.168.8.77', DR)], SHORT_MS)).toEqual(['noNeighbour']);
  await expect.poll(() => network.host('owner').run('ss -Htan state syn-recv state established'), { timeout: LONG_MS }).toBe('');
  // Ten at a time through one socket.
  expect(new Set(await words('path', Array.from({ length: 10 }, () => target(RIPS.owner, DR)), LONG_MS))).toEqual(new Set(['good']));
});

it('pings in both families, and says where nobody answers', async () => {
  expect(await words('icmp', [target(RIPS.owner), target(ipv6Of(RIPS.owner))], LONG_MS)).toEqual(['good', 'good']);
  await network.host('bare').run('echo 1 > /proc/sys/net/ipv4/icmp_echo_ignore_all');
  expect(await words('icmp', [target(RIPS.bare)], SHORT_MS)).toEqual(['timeout']);
  expect(await words('icmp', [{ ...target(RIPS.owner), source: '192.168.8.99' }], LONG_MS)).toEqual(['sourceAddress']);
});

const script = (file: string): ProbeOf<'script'> => ({ type: 'script', file, arguments: ['a b'] });

it.skipIf(!hasSystemd)('runs a script in a unit of systemd’s, without rights and ended with all that it started', async () => {
  const [place, socket] = [network.host('director'), '/srv/weir-check.socket'];
  const says = 'id -u; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status; echo "$WEIR_RIP $WEIR_PORT $1 ${HOME-clean}"; echo x > /etc/weir-agent/x; exit 3';
  const files = { rights: says, hangs: 'sleep 4713 &\nsleep 4713' };
  await place.run(`mkdir -p /etc/weir-agent/checks.d /usr/local/lib/weir-agent && install -m 755 ${archive}/weir-check /usr/local/lib/weir-agent && chmod 755 /etc/weir-agent/checks.d`);
  for (const [name, text] of Object.entries(files)) await place.run(`cat > /etc/weir-agent/checks.d/${name} && chmod 755 /etc/weir-agent/checks.d/${name}`, { input: `#!/bin/sh\n${text}\n` });
  const systemd = startChecks(place, archive, socket);
  await place.run(`until [ -S ${socket} ]; do sleep 0.1; done`).catch((cause: unknown) => {
    throw new Error(`systemd says: ${systemd.stderr().slice(-2_000)}`, { cause });
  });
  const answer = await guest.runInUnit('rights', socket, target(RIPS.owner), LONG_MS);
  expect({ ...answer, systemd: systemd.stderr().slice(-1_000) }).toMatchObject({ result: { kind: 'failed', failure: 'scriptFailed', detail: 'exit code 3' } });
  expect(answer.received).toMatch(/^[1-9]\d+\\nCapEff:\\t0{16}\\nCapBnd:\\t0{16}\\nNoNewPrivs:\\t1\\n192\.168\.8\.20 80 a b clean\\n.*cannot create \/etc\/weir-agent\/x/);
  expect(wordOf(await guest.runInUnit('hangs', socket, target(RIPS.owner), SHORT_MS))).toBe('timeout');
  await expect.poll(() => place.run('pgrep -cf "sleep 471[3]" || true'), { timeout: LONG_MS }).toBe('0\n');
  systemd.signal('SIGKILL');
});

it('runs a script as nobody, ends all that it started, and without rights says what it cannot do', async () => {
  const place = network.host('director');
  const says = 'id -u; id -G; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status; echo "$WEIR_RIP $WEIR_PORT $1 ${HOME-clean}"';
  await place.run(`mkdir -p /run/checks.d && printf '#!/bin/sh\\n%s\\n' '${says}' > /run/checks.d/rights && printf '#!/bin/sh\\nsleep 4711 &\\nsleep 4711\\n' > /run/checks.d/hangs && chmod 755 /run/checks.d /run/checks.d/*`);
  const answer = await guest.run(script('rights'), target(RIPS.owner), LONG_MS);
  expect(answer.result).toEqual({ kind: 'good', weightPercent: null });
  expect(answer.received).toMatch(/^65534\\n65534\\nCapEff:\\t0{16}\\nCapBnd:\\t0{16}\\nNoNewPrivs:\\t1\\n192\.168\.8\.20 80 a b clean\\n$/);
  expect(wordOf(await guest.run(script('hangs'), target(RIPS.owner), SHORT_MS))).toBe('timeout');
  await expect.poll(() => place.run('pgrep -cf "sleep 471[1]" || true'), { timeout: LONG_MS }).toBe('0\n');
  await guest.dropRights();
  const able = await guest.supported();
  expect(able).not.toContain('script');
  expect(able).not.toContain('path');
  expect(wordOf(await guest.run(script('rights'), target(RIPS.owner), LONG_MS))).toBe('unsupported');
});
