// weir-agent installed from its archive on a director of the tutorial, with the rights of its service and no more; `ipvsadm`, `ip` and a client are the witnesses.
import { startTutorial, tutorial } from '@weir/lab/vm';
import type { GuestProcess, Place, Tutorial } from '@weir/lab/vm';
import { useKernelVm } from '@weir/lab/vm/testing';
import type { ClusterDefinition, ForwardingMethod } from '@weir/model';
import { DEFINITION_SCHEMA } from '@weir/model';
import type { Hello } from '@weir/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { applied } from '../testing/cluster.ts';
import { DATA, installAgent, startService, unitValues } from '../testing/vm/installed-agent.ts';
import { hasSystemd, startSystemd } from '../testing/vm/live-systemd.ts';
import { DIRECTOR, TestPanel } from '../testing/test-panel.ts';

const vm = useKernelVm();
const { vip, realServers } = tutorial;
const DR: ForwardingMethod = { kind: 'dr' };
const soon = { timeout: 120_000, interval: 200 };

let said = '';
let lab: Tutorial;
let director: Place;
let agent: GuestProcess;
let panel: TestPanel;
let address = '';
let hello: Hello;

beforeAll(async () => {
  [said, lab] = await Promise.all([installAgent(vm()), startTutorial(vm(), { directorReady: false, realServersFor: 'all', uplinks: vm().uplinks })]);
  director = lab.network.host('director');
  agent = await startService(director);
  address = `127.0.0.1:${vm().uplinks[0]?.hostPort ?? 0}`;
  panel = await TestPanel.make();
  const code = await director.run(`weir-agent enrol --data ${DATA} --address ${address}`);
  hello = await panel.enrol(code.trim());
});
afterAll(async () => {
  await panel.close();
  await lab.network.remove();
});

function cluster(method: ForwardingMethod, port = 80): ClusterDefinition {
  return {
    schema: DEFINITION_SCHEMA, name: 'tutorial',
    directors: [{ directorId: DIRECTOR, dip: { ipv4: tutorial.director, ipv6: null } }],
    vips: [{ address: vip, holder: DIRECTOR }],
    services: [{
      id: 'web', name: 'web', match: { kind: 'address', protocol: 'tcp', vip, port: 80 }, scheduler: { name: 'rr' }, persistence: null, onePacket: false,
      realServers: realServers.map((rip, index) => ({ id: `rs${index + 1}`, name: `rs${index + 1}`, rip, port, weight: 1, method, thresholds: { upper: 0, lower: 0 } })),
    }],
  };
}

function apply(revision: number, definition: ClusterDefinition): ReturnType<typeof applied> {
  return applied(panel.client(address), { clusterId: 'tutorial', revision, definition });
}

/** All of the kernel that the agent could have touched. */
function kernel(): Promise<string> {
  return director.run('ipvsadm -Sn; ip -o address show eth0; cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/send_redirects /proc/sys/net/ipv4/conf/eth0/send_redirects');
}

it('is installed as its README says', async () => {
  expect(said).toMatch(/^weir-agent \d+\.\d+\.\d+ is installed\.\n$/);
  expect(await vm().machine.run(`stat -c '%U %a' ${DATA}; stat -c '%U %a' /usr/local/lib/weir-agent`)).toBe('weir-agent 700\nroot 755\n');
});

function status(): Promise<string> {
  return director.run(`cat /proc/$(pgrep -f 'weir-agent.mjs [r]un')/status`);
}

// capability.h: CAP_NET_ADMIN is bit 12, CAP_NET_RAW bit 13.
const itsRights = /^Uid:\t[1-9][^]*^CapPrm:\t0000000000003000\nCapEff:\t0000000000003000\nCapBnd:\t0000000000003000\nCapAmb:\t0000000000003000\nNoNewPrivs:\t1$/m;

it('has the capabilities that its unit names and no more, and drives the kernel with them', async () => {
  expect(await status()).toMatch(itsRights);
  expect(hello.capabilities.driver).toBe('ipvs');
  expect(await unitValues('StateDirectory')).toEqual(['weir-agent']);
});

it('forwards by DR: rules in the kernel, the VIP on the interface, answers in turn', async () => {
  expect(await apply(1, cluster(DR))).toMatchObject({ outcome: { kind: 'applied' } });
  expect(await director.run('ipvsadm -Ln')).toMatch(/TCP {2}192\.168\.8\.200:80 rr\n(?: {2}-> 192\.168\.8\.(?:20|30):80 +Route +1 .*\n){2}/);
  expect(await director.run('ip -o address show eth0')).toContain(`${vip}/32`);
  expect((await lab.client.askHttp({ address: vip, port: 80, count: 6 })).order.join(' ')).toMatch(/^(rs1 rs2 ){2}rs1 rs2$|^(rs2 rs1 ){2}rs2 rs1$/);
});

it('leaves everything in the kernel when it is killed, and knows it again', async () => {
  const before = await kernel();
  await director.run('pkill -KILL -u weir-agent');
  await agent.exited;
  expect(await kernel()).toBe(before);
  expect((await lab.client.askHttp({ address: vip, port: 80, count: 4 })).failures).toEqual({});
  agent = await startService(director);
  expect(await kernel()).toBe(before);
  await expect.poll(() => panel.client(address).state.query(), soon).toMatchObject({});
});

it('writes the settings that NAT needs without being root', async () => {
  expect(await apply(2, cluster({ kind: 'nat' }, 8080))).toMatchObject({ outcome: { kind: 'applied' } });
  expect(await director.run('cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/eth0/send_redirects')).toBe('1\n0\n');
  const outside = await lab.outside();
  expect(new Set((await outside.askHttp({ address: vip, port: 80, count: 4 })).order)).toEqual(new Set(['rs1', 'rs2']));
});

it.skipIf(!hasSystemd)('is run by systemd as its unit says, and begun anew when it is killed', async () => {
  const before = await kernel();
  await director.run('pkill -KILL -u weir-agent');
  await agent.exited;
  const systemd = startSystemd(director);
  const answers = (): Promise<Hello> => panel.client(address).hello.query().catch((cause: unknown) => {
    throw new Error(`no answer from the agent; systemd says: ${systemd.stderr().slice(-2_000)}`, { cause });
  });
  const { bootId } = await vi.waitFor(answers, soon);
  expect(await status()).toMatch(itsRights);
  // With a filter of system calls.
  expect(await status()).toMatch(/^Seccomp:\t2$/m);
  await director.run('pkill -KILL -u weir-agent');
  await expect.poll(async () => (await answers()).bootId, soon).not.toBe(bootId);
  expect(await kernel()).toBe(before);
});
