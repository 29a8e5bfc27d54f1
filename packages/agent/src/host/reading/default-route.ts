// Which interface the default route of each family leaves by, from /proc/net.
import { readFile } from 'node:fs/promises';
import { InterfaceName } from '@weir/model';
import type { HostReading } from '@weir/model';

const RTF_UP = 0x1;
const RTF_REJECT = 0x200;
const RTF_ADDRCONF = 0x0004_0000;
/** ip-sysctl.rst, accept_ra: 2 takes advertisements also while forwarding. */
const ALSO_FORWARDING = '2';
const LO = 'lo';

interface Candidate {
  readonly name: string;
  readonly metric: number;
}

function best(candidates: readonly Candidate[]): InterfaceName | null {
  const [first] = candidates.filter(({ name }) => name !== LO && InterfaceName.safeParse(name).success).toSorted((a, b) => a.metric - b.metric);
  return first?.name ?? null;
}

function usable(flags: string | undefined): boolean {
  const bits = Number.parseInt(flags ?? '', 16);
  return (bits & RTF_UP) !== 0 && (bits & RTF_REJECT) === 0;
}

/** fib_trie.c: interface, destination, gateway, flags (hex), refcount, use, metric, mask (hex). */
export function defaultInIpv4(text: string): InterfaceName | null {
  return best(text.split('\n').slice(1).map((line) => line.split(/\s+/))
    .filter(([, destination, , flags, , , , mask]) => destination === '00000000' && mask === '00000000' && usable(flags))
    .map(([name = '', , , , , , metric]) => ({ name, metric: Number(metric) })));
}

/** ip6_fib.c: destination, its length (hex), source, its length, next hop, metric (hex), refcount, use, flags (hex), interface. */
export function defaultInIpv6(text: string): InterfaceName | null {
  return bestInIpv6(text, usable);
}

/** The interface of a default route that a router's advertisement brought (ipv6_route.h: RTF_ADDRCONF). */
export function learntInIpv6(text: string): InterfaceName | null {
  return bestInIpv6(text, (flags) => usable(flags) && (Number.parseInt(flags ?? '', 16) & RTF_ADDRCONF) !== 0);
}

function bestInIpv6(text: string, isOne: (flags: string | undefined) => boolean): InterfaceName | null {
  return best(text.split('\n').map((line) => line.trim().split(/\s+/))
    .filter(([destination, length, , , , , , , flags]) => destination === '0'.repeat(32) && length === '00' && isOne(flags))
    .map((fields) => ({ name: fields[9] ?? '', metric: Number.parseInt(fields[5] ?? '', 16) })));
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

export async function readDefaultInterface(): Promise<HostReading['defaultInterface']> {
  return { ipv4: defaultInIpv4(await textOf('/proc/net/route')), ipv6: defaultInIpv6(await textOf('/proc/net/ipv6_route')) };
}

/** The interface whose default route of IPv6 ends once this host forwards: it is learnt, and a forwarding host takes no advertisements. */
export async function readLearntDefault(): Promise<HostReading['learntDefault']> {
  const name = learntInIpv6(await textOf('/proc/net/ipv6_route'));
  if (name === null) return null;
  return (await textOf(`/proc/sys/net/ipv6/conf/${name}/accept_ra`)).trim() === ALSO_FORWARDING ? null : name;
}
