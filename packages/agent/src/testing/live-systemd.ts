// This machine's systemd as process 1 of a host of the virtual machine, with the installed unit and no other.
import { existsSync } from 'node:fs';
import type { GuestProcess, Place } from '@weir/lab/vm';

const program = '/lib/systemd/systemd';

export const hasSystemd = existsSync(program);

/** What every unit needs by default, empty; they come with a system, and this is one unit's. */
const targets = ['sysinit', 'basic', 'network-online', 'shutdown'];

const script = `set -e
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/units
cp /etc/systemd/system/weir-agent.service /run/units
for name in ${targets.join(' ')}; do printf '[Unit]\\nDefaultDependencies=no\\n' > /run/units/$name.target; done
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec env SYSTEMD_UNIT_PATH=/run/units container=weir ${program} --system --unit=weir-agent.service --log-target=console --default-standard-output=null --default-standard-error=null`;

/** It begins the unit at once. */
export function startSystemd(host: Place): GuestProcess {
  return host.spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--cgroup', '--ipc', '--uts', 'sh', '-c', script]);
}
