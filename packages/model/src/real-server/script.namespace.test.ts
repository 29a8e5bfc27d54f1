// The scripts on this machine's kernel, in every shell that is here: what check finds, what apply ends, what undo returns.
import { describe, expect, test } from 'vitest';
import { hosting, hosts, scriptFor } from '../testing/hosts.ts';
import { hasNamespaces, onHost, shells } from '../testing/network-namespace.ts';
import { realServerScript } from './script.ts';

const dr = scriptFor([hosting({ kind: 'dr' })]);
const host = (name: string): string => realServerScript(hosts[name] ?? dr);

const addresses = `ip -o addr show dev lo | while read -r _ _ _ a _; do echo "lo $a"; done`;
/** Sends something to the VIP from the other host, and says whether anybody answered its ARP. */
const askByArp = `elsewhere bash -c 'echo > /dev/udp/192.168.8.200/9; until ip neigh show 192.168.8.200 | grep -qE "REACHABLE|DELAY|STALE|FAILED"; do :; done; ip neigh show 192.168.8.200 | grep -o -e FAILED -e lladdr || true'`;

describe.skipIf(!hasNamespaces()).each(shells())('by %s', (shell) => {
  const run = (script: string, commands: string): string[] => onHost(shell, script, commands);

  test('a DR host that is not set up: check names each fault and changes nothing', () => {
    expect(run(host('dr'), `weir check; ls /run; ${addresses}`)).toEqual([
      'wrong arp_ignore all and eth0 give 0, must be 1: this host answers ARP for the VIP',
      'wrong arp_announce all and eth0 give 0, must be 2: this host asks by ARP in the name of the VIP',
      'wrong vip_missing 192.168.8.200 is on no interface: this host drops what is sent to it',
      'ends with 1', 'lo 127.0.0.1/8', 'lo ::1/128',
    ]);
  });

  test('a client that is no address is refused', () => {
    expect(run(host('dr'), 'weir check 192.168.8.100 web.example.org 2>&1')).toEqual(['cannot client web.example.org is no address', 'ends with 2']);
  });

  test('apply sets a DR host up, twice is once, undo returns it', () => {
    expect(run(host('dr'), `weir apply; weir apply; weir check; ${addresses}; weir undo; weir undo; ${addresses}; cat /proc/sys/net/ipv4/conf/all/arp_*nore /proc/sys/net/ipv4/conf/all/arp_announce; ls /run/weir`)).toEqual([
      'set net/ipv4/conf/all/arp_ignore to 1, was 0', 'set net/ipv4/conf/all/arp_announce to 2, was 0', 'added 192.168.8.200/32 to lo', 'ok', 'ends with 0',
      'ok', 'ends with 0', 'ok', 'ends with 0',
      'lo 127.0.0.1/8', 'lo 192.168.8.200/32', 'lo ::1/128',
      'took 192.168.8.200/32 off lo', 'returned net/ipv4/conf/all/arp_ignore to 0', 'returned net/ipv4/conf/all/arp_announce to 0', 'ok undone', 'ends with 0',
      'ok nothing to undo', 'ends with 0', 'lo 127.0.0.1/8', 'lo ::1/128', '0', '0',
    ]);
  });

  test('the other host gets an ARP answer for the VIP without the sysctls, and none after apply', () => {
    expect(run(host('dr'), `ip addr add 192.168.8.200/32 dev lo; ${askByArp}; elsewhere ip neigh flush all; weir apply >/dev/null; ${askByArp}`)).toEqual(['lladdr', 'FAILED']);
  });

  test('a setting on the interface counts as much as one on all, and one on lo counts nothing', () => {
    const vip = 'ip addr add 192.168.8.200/32 dev lo';
    expect(run(host('dr'), `${vip}; set_sysctl eth0/arp_ignore 1; set_sysctl eth0/arp_announce 2; weir check`)).toEqual(['ok', 'ends with 0']);
    expect(run(host('dr'), `${vip}; set_sysctl lo/arp_ignore 1; set_sysctl lo/arp_announce 2; weir check`).map((line) => line.split(' ', 2).join(' ')))
      .toEqual(['wrong arp_ignore', 'wrong arp_announce', 'ends with']);
  });

  test('a VIP with the network of its link, or on the link itself, is wrong', () => {
    expect(run(host('dr'), `ip addr add 192.168.8.200/24 dev lo; weir check | grep vip_; weir apply | grep -v set; ${addresses}; weir undo >/dev/null; ${addresses}`)).toEqual([
      'wrong vip_prefix 192.168.8.200/24 on lo, must be 192.168.8.200/32: this host takes the rest of that network for its own',
      'added 192.168.8.200/32 to lo', 'took 192.168.8.200/24 off lo', 'ok', 'ends with 0',
      'lo 127.0.0.1/8', 'lo 192.168.8.200/32', 'lo ::1/128', 'lo 127.0.0.1/8', 'lo 192.168.8.200/24', 'lo ::1/128',
    ]);
    expect(run(host('dr'), 'ip addr add 192.168.8.200/32 dev eth0; weir apply | grep vip_')).toEqual([
      'wrong vip_interface 192.168.8.200 is on eth0, which announces it: it belongs on lo',
    ]);
  });

  test('undo leaves what somebody has changed since, and what was right before', () => {
    expect(run(host('dr'), `weir apply >/dev/null; set_sysctl all/arp_ignore 2; ip addr del 192.168.8.200/32 dev lo; weir undo`)).toEqual([
      'left 192.168.8.200/32: it is not on lo any more', 'left net/ipv4/conf/all/arp_ignore: it is 2 now, not 1',
      'returned net/ipv4/conf/all/arp_announce to 0', 'ok undone', 'ends with 0',
    ]);
    expect(run(host('dr'), `set_sysctl all/arp_ignore 1; set_sysctl all/arp_announce 2; ip addr add 192.168.8.200/32 dev lo; weir apply; weir undo; weir check`)).toEqual([
      'ok', 'ends with 0', 'ok undone', 'ends with 0', 'ok', 'ends with 0',
    ]);
  });

  test('undo leaves what another cluster on this host needs, and that one returns it', () => {
    const other = realServerScript(scriptFor([hosting({ kind: 'dr' }, { vip: '192.168.8.201' })], '192.168.8.20', 'c-2'));
    const commands = `cat > /run/other.sh <<'SCRIPT'\n${other}\nSCRIPT\nweir apply >/dev/null; $shell /run/other.sh apply; weir undo; $shell /run/other.sh undo; cat /proc/sys/net/ipv4/conf/all/arp_ignore`;
    expect(run(host('dr'), commands)).toEqual([
      'added 192.168.8.201/32 to lo', 'ok',
      'took 192.168.8.200/32 off lo', 'left net/ipv4/conf/all/arp_ignore: /run/weir/real-server-c-2-192.168.8.20 needs it',
      'left net/ipv4/conf/all/arp_announce: /run/weir/real-server-c-2-192.168.8.20 needs it', 'ok undone', 'ends with 0',
      'took 192.168.8.201/32 off lo', 'returned net/ipv4/conf/all/arp_ignore to 0', 'returned net/ipv4/conf/all/arp_announce to 0', 'ok undone', '0',
    ]);
  });

  test('NAT: the default route leads to the director, and back to where it was', () => {
    const route = 'ip route show default';
    expect(run(host('nat'), `weir check; ip route add default via 192.168.8.1; weir check; weir apply; weir apply; ${route}; weir undo; ${route}`).map((line) => line.trim())).toEqual([
      'wrong default_route answers go via nowhere, must go via 192.168.8.10: only the director can change them back', 'ends with 1',
      'wrong default_route answers go via 192.168.8.1, must go via 192.168.8.10: only the director can change them back', 'ends with 1',
      'set the default route via 192.168.8.10', 'ok', 'ends with 0', 'ok', 'ends with 0', 'default via 192.168.8.10 dev eth0',
      'returned the default route', 'ok undone', 'ends with 0', 'default via 192.168.8.1 dev eth0',
    ]);
  });

  test('NAT: undo takes away a default route where there was none, and leaves another', () => {
    expect(run(host('nat'), 'weir apply; weir undo; ip route show default; weir apply >/dev/null; ip route replace default via 192.168.8.1; weir undo')).toEqual([
      'set the default route via 192.168.8.10', 'ok', 'ends with 0', 'removed the default route via 192.168.8.10', 'ok undone', 'ends with 0',
      'left the default route: it does not go via 192.168.8.10 any more', 'ok undone', 'ends with 0',
    ]);
    expect(run(host('nat-ipv6'), 'weir apply; weir check; weir undo; ip -6 route show default')).toEqual([
      'set the default route via fd00::10', 'ok', 'ends with 0', 'ok', 'ends with 0', 'removed the default route via fd00::10', 'ok undone', 'ends with 0',
    ]);
  });

  test('NAT: a client that is reached without the director is named, from what is connected and from what is asked', () => {
    const wrong = 'wrong client_same_subnet 192.168.8.100 is reached without the director: it gets answers from 192.168.8.20, not from the VIP';
    expect(run(host('nat'), 'weir apply >/dev/null; weir check 203.0.113.7 192.168.8.100')).toEqual([wrong, 'ends with 1']);
    const server = `node -e 'require("net").createServer().listen(8080, "192.168.8.20")' >/dev/null 2>&1 &`;
    const client = `elsewhere bash -c 'until exec 3<>/dev/tcp/192.168.8.20/8080; do :; done; read -r <&3' >/dev/null 2>&1 &`;
    const connected = `until ss -Htn src 192.168.8.20 | grep -q ESTAB; do :; done`;
    expect(run(host('nat'), `weir apply >/dev/null; ${server} server=$!; ${client} ${connected}; weir check; kill $server`)).toEqual([wrong, 'ends with 1']);
  });

  test('an IPv6 VIP needs no sysctl: no host announces what is on another of its interfaces', () => {
    expect(run(host('dr-ipv6'), 'weir apply; weir undo')).toEqual([
      'added fd00::200/128 to lo', 'ok', 'ends with 0', 'took fd00::200/128 off lo', 'ok undone', 'ends with 0',
    ]);
  });

  test('a proxied host needs nothing', () => {
    expect(run(host('proxied'), 'weir check; weir apply; weir undo')).toEqual(['ok', 'ends with 0', 'ok', 'ends with 0', 'ok nothing to undo', 'ends with 0']);
  });

  test('on another host, without rights or with another word it does nothing and ends with 2', () => {
    expect(run(host('dr'), 'ip addr del 192.168.8.20/24 dev eth0; weir apply; ls /run')).toEqual(['ends with 2', 'cannot host 192.168.8.20 is no address of this host']);
    expect(run(host('dr'), 'setpriv --reuid 65534 --clear-groups $shell < "$script" -s apply; echo $?')).toEqual(['2', 'cannot rights apply needs root']);
    expect(run(host('dr'), 'weir; weir remove; ls /run').filter((line) => !line.startsWith('usage'))).toEqual(['ends with 2', 'ends with 2']);
  });
});
