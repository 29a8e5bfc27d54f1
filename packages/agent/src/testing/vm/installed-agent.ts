// weir-agent on a host of the virtual machine, installed from its archive and run as its service would be.
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { guestShare } from '@weir/lab/vm';
import type { GuestProcess, Place, Vm } from '@weir/lab/vm';

const exec = promisify(execFile);
const root = fileURLToPath(new URL('../../../../..', import.meta.url));
export const DATA = '/var/lib/weir-agent';

/** Packs the agent, and installs it in the guest as its README says. Gives what was printed. */
export async function installAgent(vm: Vm): Promise<string> {
  const out = join(vm.share, 'agent-archive');
  await mkdir(out, { recursive: true });
  const { stdout } = await exec(process.execPath, ['scripts/agent-bundle.mjs', '--out', out], { cwd: root });
  const archive = stdout.trim().split('\n').at(-1) ?? '';
  return vm.machine.run(`mkdir -p /root/new && cd /root/new && tar -xzf ${guestShare}/agent-archive/${basename(archive)} && cd weir-agent-*/ && ./install.sh`);
}

/** What the unit says under a key, in order. */
export async function unitValues(key: string): Promise<string[]> {
  const unit = await readFile(join(root, 'packages/agent/archive/weir-agent.service'), 'utf8');
  return [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

/** As systemd starts it: its user, its capabilities, no new privileges, its command. */
export async function startService(host: Place): Promise<GuestProcess> {
  const [user = ''] = await unitValues('User');
  const named = async (key: string): Promise<string> => {
    const [list = ''] = await unitValues(key);
    return ['-all', ...list.split(' ').map((name) => `+${name.replace('CAP_', '').toLowerCase()}`)].join(',');
  };
  const [ambient, bounding] = [await named('AmbientCapabilities'), await named('CapabilityBoundingSet')];
  const [command = ''] = await unitValues('ExecStart');
  const agent = host.spawn('setpriv', [
    '--reuid', user, '--regid', user, '--clear-groups', '--no-new-privs',
    '--inh-caps', ambient, '--ambient-caps', ambient, '--bounding-set', bounding, ...command.split(' '),
  ]);
  await agent.says(/the agent runs/, 120_000);
  return agent;
}
