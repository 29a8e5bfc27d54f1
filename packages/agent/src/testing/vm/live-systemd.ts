// This machine's systemd as process 1 of a host of the virtual machine, with the installed units that it is asked for and no other.
import { existsSync } from 'node:fs';
import type { GuestProcess, Place } from '@weir/lab/vm';

const program = '/lib/systemd/systemd';

export const hasSystemd = existsSync(program);

/** What every unit needs by default, empty; they come with a system, and this is one unit's. */
const targets = ['sysinit', 'basic', 'sockets', 'network-online', 'shutdown'];

interface Units {
  /** Lines of sh that put them into /run/units. */
  readonly put: string;
  readonly begin: string;
}

const script = ({ put, begin }: Units): string => `set -e
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/units
${put}
for name in ${targets.join(' ')}; do printf '[Unit]\\nDefaultDependencies=no\\n' > /run/units/$name.target; done
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec env SYSTEMD_UNIT_PATH=/run/units container=weir ${program} --system --unit=${begin} --log-target=console --default-standard-output=null --default-standard-error=null`;

function start(host: Place, units: Units): GuestProcess {
  return host.spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--cgroup', '--ipc', '--uts', 'sh', '-c', script(units)]);
}

/** It begins the agent at once. */
export function startSystemd(host: Place): GuestProcess {
  return start(host, { put: 'cp /etc/systemd/system/weir-agent.service /run/units', begin: 'weir-agent.service' });
}

/** It listens at `socket`, which everybody in the machine can see, and runs scripts as the units of `folder` have it. */
export function startChecks(host: Place, folder: string, socket: string): GuestProcess {
  const elsewhere = `sed -i -e 's|^ListenStream=.*|ListenStream=${socket}|' -e 's|^SocketUser=.*|SocketUser=root|' /run/units/weir-check.socket`;
  return start(host, { put: `cp ${folder}/weir-check.socket ${folder}/weir-check@.service /run/units\n${elsewhere}`, begin: 'weir-check.socket' });
}
