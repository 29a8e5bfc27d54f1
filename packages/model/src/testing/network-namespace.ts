// Runs a real server's script on this machine's kernel: a host 192.168.8.20 in network namespaces of its own, with one other host on its link.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A pair of interfaces; the far one is another host's. /run is empty, and gone with the namespace. */
const setup = `
shell=$1 script=$2
mount -t tmpfs none /run
ip link set lo up
unshare --net sleep 60 & other=$!
trap 'kill $other' EXIT
until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do :; done
ip link add eth0 type veth peer name eth0 netns $other
ip link set eth0 up
ip addr add 192.168.8.20/24 dev eth0
ip addr add fd00::20/64 dev eth0 nodad
elsewhere() { nsenter --net=/proc/$other/ns/net "$@"; }
elsewhere ip link set eth0 up
elsewhere ip addr add 192.168.8.100/24 dev eth0
weir() { $shell "$script" "$@" && echo "ends with 0" || echo "ends with $?"; }
set_sysctl() { echo "$2" > "/proc/sys/net/ipv4/conf/$1"; }
`;

/** Whether this process may make namespaces with interfaces. */
export function hasNamespaces(): boolean {
  return spawnSync('unshare', ['--net', '--mount', 'ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1']).status === 0;
}

/** The shells that are here; each runs a script by `SHELL file`. */
export function shells(): string[] {
  return ['dash', 'busybox ash', 'bash --posix'].filter((shell) => spawnSync('sh', ['-c', `${shell} -c :`]).status === 0);
}

/** What the commands print, line by line. They call the script as `weir check`. */
export function onHost(shell: string, script: string, commands: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-rs-'));
  try {
    const file = path.join(folder, 'weir-rs.sh');
    writeFileSync(file, script);
    const { stdout, stderr, status } = spawnSync('unshare', ['--net', '--mount', 'bash', '--norc', '-c', setup + commands, 'host', shell, file], {
      encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) throw new Error(`the commands ended with ${status}:\n${stdout}${stderr}`);
    return `${stdout}${stderr}`.split('\n').filter((text) => text !== '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
