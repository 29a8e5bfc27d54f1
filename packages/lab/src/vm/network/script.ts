// Writes the one script for busybox's shell that builds a described network: few programs, each with a batch, because starting one takes long in the guest.
import type { HostDescription, InterfaceDescription, NetworkDescription } from './description.ts';

// By its path: busybox's shell prefers its own, smaller one.
const ip = '/sbin/ip';

export function netnsOf(prefix: string, host: string): string {
  return `${prefix}${host}`;
}

/** The network's bridges live apart from its hosts. */
export function switchOf(prefix: string): string {
  return `${prefix}.switch`;
}

/** The address an interface has, or gets by its position; the same for every network of this description. */
export function macOf({ hosts }: NetworkDescription, host: string, name: string): string {
  const interfaces = hosts[host]?.interfaces ?? {};
  const index = [Object.keys(hosts).indexOf(host), Object.keys(interfaces).indexOf(name)];
  if (index.includes(-1)) throw new Error(`The network has no interface ${name} on a host ${host}.`);
  return interfaces[name]?.mac ?? `02:00:00:00:${index.map((one) => (one + 1).toString(16).padStart(2, '0')).join(':')}`;
}

export function networkScript(description: NetworkDescription, prefix: string): string {
  const hosts = Object.entries(description.hosts);
  const names = [switchOf(prefix), ...hosts.map(([name]) => netnsOf(prefix, name))];
  return [
    'set -e',
    ...(description.modules ?? []).map((name) => `[ -d /sys/module/${name} ] || /sbin/modprobe ${name}`),
    ...uplinkWaits(description),
    batch(ip, [...names.map((name) => `netns add ${name}`), ...uplinkMoves(description, prefix)]),
    batch(`${ip} -netns ${switchOf(prefix)}`, switchLines(description, prefix)),
    ...hosts.map(([name, host]) => `(\n${hostScript(description, netnsOf(prefix, name), name, host)}\n) & jobs="$jobs $!"`),
    'for job in $jobs; do wait $job; done',
  ].join('\n');
}

/** What an uplink is called beside its name, in whichever namespace it is. */
export function uplinkName(index: number): string {
  return `uplink${index}`;
}

function interfacesOf({ hosts }: NetworkDescription): { host: string; name: string; wish: InterfaceDescription }[] {
  return Object.entries(hosts).flatMap(([host, { interfaces }]) => Object.entries(interfaces).map(([name, wish]) => ({ host, name, wish })));
}

function uplinkMoves(description: NetworkDescription, prefix: string): string[] {
  return interfacesOf(description).flatMap(({ host, name, wish }) =>
    typeof wish.on === 'string' ? [] : [`link set ${uplinkName(wish.on.uplink)} netns ${netnsOf(prefix, host)} name ${name}`],
  );
}

/** An uplink comes back a moment after the network that had it is gone. */
function uplinkWaits(description: NetworkDescription): string[] {
  return interfacesOf(description).flatMap(({ wish: { on } }) =>
    typeof on === 'string' ? [] : [`tries=0; until ${ip} link show ${uplinkName(on.uplink)} >/dev/null 2>&1 || [ $tries = 300 ]; do tries=$((tries + 1)); sleep 0.1; done`],
  );
}

function switchLines(description: NetworkDescription, prefix: string): string[] {
  const plugs = interfacesOf(description).flatMap(({ wish: { on }, ...rest }) => (typeof on === 'string' ? [{ ...rest, bridge: on }] : []));
  const bridges = [...new Set(plugs.map(({ bridge }) => bridge))];
  return [
    // A bridge that forwards at once and learns no multicast groups.
    ...bridges.map((bridge) => `link add ${bridge} type bridge forward_delay 0 stp_state 0 mcast_snooping 0`),
    // No addresses of their own: the switch says nothing on the network.
    ...bridges.map((bridge) => `link set ${bridge} addrgenmode none up`),
    ...plugs.flatMap(({ host, name, bridge }, index) => {
      const mac = macOf(description, host, name);
      return [
        `link add port${index} type veth peer name ${name} address ${mac} netns ${netnsOf(prefix, host)}`,
        `link set port${index} addrgenmode none master ${bridge} up`,
      ];
    }),
  ];
}

function hostScript(description: NetworkDescription, netns: string, name: string, host: HostDescription): string {
  const interfaces = interfacesOf(description).filter((one) => one.host === name);
  const lines = [
    'link set lo up',
    ...interfaces.flatMap(({ name: device, wish: { mtu } }) => `link set ${device} ${mtu === undefined ? '' : `mtu ${mtu} `}up`),
    // Without duplicate address detection an IPv6 address is usable at once.
    ...interfaces.flatMap(({ name: device, wish: { addresses = [] } }) =>
      addresses.map((address) => `address add ${address} dev ${device}${address.includes(':') ? ' nodad' : ''}`),
    ),
    ...(host.ip ?? []),
    ...(host.routes ?? []).map((route) => `route add ${route}`),
  ];
  const sysctls = Object.entries(host.sysctls ?? {}).map(([key, value]) => `echo '${value}' > /proc/sys/${key.replaceAll('.', '/')}`);
  // busybox starts three times as fast as `ip netns exec`.
  const inside = `busybox nsenter --net=/run/netns/${netns} busybox sh -e <<'END-OF-SYSCTLS'\n${sysctls.join('\n')}\nEND-OF-SYSCTLS\n`;
  return `${sysctls.length > 0 ? inside : ''}${batch(`${ip} -netns ${netns}`, lines)}`;
}

function batch(command: string, lines: readonly string[]): string {
  return `${command} -batch - <<'END-OF-BATCH'\n${lines.join('\n')}\nEND-OF-BATCH`;
}
