// The shared machine as kernel tests see it: places, processes, modules, networks, captures.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { guestShare, Vm, VmError, type NetworkDescription } from './index.ts';
import { accessOfWorker, useKernelVm } from './testing.ts';

const vm = useKernelVm();

const pair: NetworkDescription = {
  hosts: {
    left: { interfaces: { eth0: { on: 'lan', addresses: ['192.168.8.1/24', 'fd00::1/64'] } } },
    right: {
      interfaces: { eth0: { on: 'lan', addresses: ['192.168.8.2/24', 'fd00::2/64'], mtu: 1400 } },
      sysctls: { 'net.ipv4.ip_forward': 1, 'net.ipv4.conf.eth0.arp_ignore': 1 },
      routes: ['10.9.0.0/16 via 192.168.8.1', 'fd09::/64 via fd00::1'],
      ip: ['address add 192.168.8.200/32 dev lo'],
    },
  },
};

it('runs Debian’s kernel with ip_vs', async () => {
  const said = await vm().machine.run('uname -r; modprobe ip_vs && cat /proc/net/ip_vs');
  expect(said).toMatch(/^\d+\.\d+.*-amd64\nIP Virtual Server version /);
});

it('fails when a command fails, with what it said', async () => {
  await expect(vm().machine.run('echo gone wrong >&2; exit 7')).rejects.toThrow('On the machine, "echo gone wrong >&2; exit 7" failed (exit code 7): gone wrong');
  await expect(vm().machine.attempt('kill -9 $$')).resolves.toMatchObject({ code: null, signal: 'SIGKILL' });
  await expect(vm().machine.spawn('/no/such/program').exited).rejects.toThrow('/no/such/program cannot be started in the guest');
});

it('ends a command that takes too long', async () => {
  await expect(vm().machine.run('exec sleep 4321', { deadlineMs: 1_500 })).rejects.toThrow(/"exec sleep 4321" took more than 1.5 s/);
  await expect.poll(() => vm().machine.run('pgrep -f "sleep [4]321" | wc -l'), { timeout: 60_000 }).toBe('0\n');
});

it('ends what a session started with the session', async () => {
  const other = await Vm.connect(accessOfWorker());
  const network = await other.network(pair);
  network.host('left').spawn('sleep', ['5432']);
  await network.host('left').run('setsid sleep 5433 > /dev/null 2>&1 < /dev/null &');
  await expect.poll(() => vm().machine.run('pgrep -cf "sleep 543[2]|sleep 543[3]" || true'), { timeout: 60_000 }).toBe('2\n');
  other.disconnect();
  await expect.poll(() => vm().machine.run('pgrep -cf "sleep 543[2]|sleep 543[3]" || true; ip netns list'), { timeout: 60_000 }).toBe('0\n');
});

it('takes no one without the secret, and goes on', async () => {
  await expect(Vm.connect({ ...accessOfWorker(), secret: 'guessed' })).rejects.toThrow(/connecting: The virtual machine failed: it ended/);
  expect(await vm().machine.run('echo still here')).toBe('still here\n');
});

it('ends a program that says too much', async () => {
  await expect(vm().machine.run('yes', { maxOutputBytes: 100_000 })).rejects.toThrow('it said more than 100000 bytes');
});

it('takes input and keeps a program to talk to', async () => {
  expect(await vm().machine.run('wc -c', { input: 'x'.repeat(300_000) })).toBe('300000\n');
  const talker = vm().machine.spawn('cat');
  talker.write('hello\n');
  await talker.says(/hello/);
  expect(talker.pid).toBeGreaterThan(1);
  expect(await talker.end()).toEqual({ code: null, signal: 'SIGTERM' });
  await expect(talker.says(/never/)).rejects.toThrow('cat ended before it said');
});

it('sees at once what is put into the shared folder', async () => {
  await writeFile(path.join(vm().share, 'word'), 'first');
  expect(await vm().machine.run(`cat ${guestShare}/word`)).toBe('first');
  await writeFile(path.join(vm().share, 'word'), 'second one');
  expect(await vm().machine.run(`cat ${guestShare}/word`)).toBe('second one');
});

it('builds a network as described, apart from another one of the same description', async () => {
  const [one, other] = [await vm().network(pair), await vm().network(pair)];
  const right = one.host('right');
  expect(await right.run('ip -brief address; ip route; ip -6 route; cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/eth0/arp_ignore')).toMatch(
    /lo .*192\.168\.8\.200\/32[^]*eth0@.*192\.168\.8\.2\/24 .*fd00::2\/64[^]*10\.9\.0\.0\/16 via 192\.168\.8\.1[^]*fd09::\/64 via fd00::1[^]*\n1\n1\n$/,
  );
  expect(await right.run('ip link show eth0')).toMatch(new RegExp(`mtu 1400 [^]*${one.mac('right', 'eth0')}`));
  expect(await one.host('left').run('ping -c 1 -w 60 192.168.8.2 && ping -c 1 -w 60 fd00::2')).toContain('1 received');
  await other.remove();
  expect(await one.host('left').run('ping -c 1 -w 60 192.168.8.2')).toContain('1 received');
  expect(() => one.host('middle')).toThrow('The network has no host middle; it has left, right.');
  await one.remove();
  expect(await vm().machine.run(`ip netns list`)).not.toContain(right.netns);
});

it('gives a host a door to this machine, one network after the other', async () => {
  const [uplink] = vm().uplinks;
  if (uplink === undefined) throw new Error('the shared machine has uplinks');
  for (const word of ['first', 'second']) {
    const network = await vm().network({ hosts: { director: { interfaces: { mgmt0: { on: { uplink: 0 }, addresses: [uplink.address] } } } } });
    const director = network.host('director');
    await director.run(`mkdir -p /run/www && echo ${word} > /run/www/index.html`);
    director.spawn('busybox', ['httpd', '-f', '-p', `${uplink.guestPort}`, '-h', '/run/www']);
    await director.run(`until ss -Hltn | grep -q :${uplink.guestPort}; do sleep 0.1; done`);
    expect(await (await fetch(`http://127.0.0.1:${uplink.hostPort}/`)).text()).toBe(`${word}\n`);
    await network.remove();
  }
});

it('says what is wrong with a network that cannot be built', async () => {
  const broken = { hosts: { left: { interfaces: { eth0: { on: 'lan', addresses: ['192.168.8.999/24'] } } } } };
  await expect(vm().network(broken)).rejects.toThrow(/192\.168\.8\.999/);
});

it('captures packets of a host and decodes them', async () => {
  const network = await vm().network(pair);
  const capture = await network.host('left').capture('eth0', { filter: 'arp or icmp' });
  await network.host('left').run('ping -c 1 -w 60 192.168.8.2');
  const frames = await capture.until((seen) => seen.some(({ packet }) => packet?.icmp?.type === 0));
  const [left, right] = [network.mac('left', 'eth0'), network.mac('right', 'eth0')];
  expect(frames[0]).toMatchObject({ sourceMac: left, destinationMac: 'ff:ff:ff:ff:ff:ff', arp: { operation: 'request', senderIp: '192.168.8.1', targetIp: '192.168.8.2' } });
  expect(frames[1]).toMatchObject({ sourceMac: right, destinationMac: left, arp: { operation: 'reply', senderMac: right, senderIp: '192.168.8.2' } });
  expect(frames[2]).toMatchObject({ sourceMac: left, destinationMac: right, packet: { ip: { source: '192.168.8.1', destination: '192.168.8.2', ttl: 64, protocol: 1 }, icmp: { type: 8 } } });
  expect(await capture.stop()).toHaveLength(frames.length);
  await expect(network.host('left').capture('eth9')).rejects.toThrow(VmError);
});

it('ends a capture that began in the middle of traffic that is none of it', async () => {
  const network = await vm().network(pair);
  const ping = network.host('left').spawn('ping', ['-f', '-q', '192.168.8.2']);
  await ping.says(/bytes of data/);
  for (let turn = 0; turn < 5; turn += 1) {
    const capture = await network.host('left').capture('eth0', { filter: 'udp port 9' });
    expect(await capture.stop()).toEqual([]);
  }
  await ping.end();
  await network.remove();
});

it('runs TypeScript on a host, which keeps its state between calls', async () => {
  const network = await vm().network(pair);
  const module = new URL('./probe.guest.ts', import.meta.url);
  const probe = await network.host('right').use<typeof import('./probe.guest.ts')>(module);
  expect(await probe.addresses()).toContain('192.168.8.200');
  expect(await probe.count()).toBe(1n);
  expect(await probe.count()).toBe(2n);
  expect(await (await network.host('right').use<typeof import('./probe.guest.ts')>(module)).count()).toBe(3n);
  expect(Buffer.from(await probe.reversed(Buffer.from([1, 2, 3])))).toEqual(Buffer.from([3, 2, 1]));
  await expect(probe.fail()).rejects.toMatchObject({ name: 'VmError', code: 'ENOENT', message: expect.stringContaining('/no/such/file') as unknown });
  await expect(probe.unsendable()).rejects.toThrow('could not be cloned');
  await expect(probe.exit()).rejects.toThrow('The guest\'s program ended: last words');
  expect(await (await network.host('right').use<typeof import('./probe.guest.ts')>(module)).count()).toBe(1n);
});
