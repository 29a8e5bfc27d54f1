// The script of a network, read as the guest's shell would.
import { expect, it } from 'vitest';
import type { NetworkDescription } from './description.ts';
import { macOf, networkScript } from './script.ts';

const description: NetworkDescription = {
  hosts: {
    left: { interfaces: { eth0: { on: 'lan', addresses: ['192.168.8.1/24', 'fd00::1/64'], mtu: 1400 }, mgmt0: { on: { uplink: 1 } } } },
    right: {
      interfaces: { eth0: { on: 'lan', mac: '02:00:00:00:00:99' } },
      sysctls: { 'net.ipv4.conf.eth0.arp_ignore': 1 },
      routes: ['default via 192.168.8.1'],
      ip: ['address add 192.168.8.200/32 dev lo'],
    },
  },
  modules: ['ipip'],
};

it('plugs the hosts into bridges that are apart from them, and gives them their addresses', () => {
  expect(networkScript(description, 's1.2.').split('\n')).toEqual([
    'set -e',
    '[ -d /sys/module/ipip ] || /sbin/modprobe ipip',
    'tries=0; until /sbin/ip link show uplink1 >/dev/null 2>&1 || [ $tries = 300 ]; do tries=$((tries + 1)); sleep 0.1; done',
    "/sbin/ip -batch - <<'END-OF-BATCH'",
    'netns add s1.2..switch',
    'netns add s1.2.left',
    'netns add s1.2.right',
    'link set uplink1 netns s1.2.left name mgmt0',
    'END-OF-BATCH',
    "/sbin/ip -netns s1.2..switch -batch - <<'END-OF-BATCH'",
    'link add lan type bridge forward_delay 0 stp_state 0 mcast_snooping 0',
    'link set lan addrgenmode none up',
    'link add port0 type veth peer name eth0 address 02:00:00:00:01:01 netns s1.2.left',
    'link set port0 addrgenmode none master lan up',
    'link add port1 type veth peer name eth0 address 02:00:00:00:00:99 netns s1.2.right',
    'link set port1 addrgenmode none master lan up',
    'END-OF-BATCH',
    '(',
    "/sbin/ip -netns s1.2.left -batch - <<'END-OF-BATCH'",
    'link set lo up',
    'link set eth0 mtu 1400 up',
    'link set mgmt0 up',
    'address add 192.168.8.1/24 dev eth0',
    'address add fd00::1/64 dev eth0 nodad',
    'END-OF-BATCH',
    ') & jobs="$jobs $!"',
    '(',
    "busybox nsenter --net=/run/netns/s1.2.right busybox sh -e <<'END-OF-SYSCTLS'",
    "echo '1' > /proc/sys/net/ipv4/conf/eth0/arp_ignore",
    'END-OF-SYSCTLS',
    "/sbin/ip -netns s1.2.right -batch - <<'END-OF-BATCH'",
    'link set lo up',
    'link set eth0 up',
    'address add 192.168.8.200/32 dev lo',
    'route add default via 192.168.8.1',
    'END-OF-BATCH',
    ') & jobs="$jobs $!"',
    'for job in $jobs; do wait $job; done',
  ]);
});

it('knows the hardware address of every interface', () => {
  expect(macOf(description, 'left', 'mgmt0')).toBe('02:00:00:00:01:02');
  expect(macOf(description, 'right', 'eth0')).toBe('02:00:00:00:00:99');
  expect(() => macOf(description, 'right', 'eth1')).toThrow('no interface eth1 on a host right');
});
