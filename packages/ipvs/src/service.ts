// Services in the kernel's words: identity, settings, observation, and how they lie in their attributes.
import { addressText, AF, ByteWriter, familyOfNumber, malformed } from '@weir/netlink';
import type { Family, NetlinkError, Row } from '@weir/netlink';
import { writeAddress } from './address.ts';
import { protocolNumber, serviceFlag, SETTABLE_FLAGS } from './family/constants.ts';
import { commandTable, serviceTable } from './family/tables.ts';
import type { serviceSampleTable, stats64Table } from './family/tables.ts';

/** A firewall mark stands in place of protocol, address and port; IPv4 and IPv6 may have the same mark. */
export type ServiceId =
  | { readonly kind: 'address'; readonly family: Family; readonly protocol: number; readonly address: string; readonly port: number }
  | { readonly kind: 'mark'; readonly family: Family; readonly mark: number };

export interface ServiceSettings {
  /** `none`: no scheduler. */
  readonly scheduler: string;
  /** `serviceFlag`; `hashed` is the kernel's own and never set. */
  readonly flags: number;
  readonly timeoutSeconds: number;
  /** IPv4: the mask as a number, 0xffffff00. IPv6: a prefix length, 1 to 128. */
  readonly netmask: number;
  readonly engine: string | null;
}

export type Counters = Row<typeof stats64Table>;

export interface ServiceSample {
  readonly id: ServiceId;
  readonly counters: Counters;
}

export interface Service extends ServiceSample {
  readonly settings: ServiceSettings;
}

const protocolNames = new Map<number, string>(Object.entries(protocolNumber).map(([name, number]) => [number, name]));

/** `tcp 10.0.0.1:80`, `tcp [fd00::1]:80`, `protocol 47 10.0.0.1:0`, `fwm ipv4 7`. */
export function serviceName(id: ServiceId): string {
  if (id.kind === 'mark') return `fwm ${id.family} ${id.mark}`;
  const address = id.family === 'ipv6' ? `[${id.address}]` : id.address;
  return `${protocolNames.get(id.protocol) ?? `protocol ${id.protocol}`} ${address}:${id.port}`;
}

const settingsTable = serviceTable.only('scheduler', 'flags', 'timeoutSeconds', 'netmask', 'engine');

/** By hand: a cold apply has thousands. The numbers are those of `serviceTable`. */
function writeId(writer: ByteWriter, id: ServiceId): void {
  writer.attribute(1, 2);
  writer.u32(AF[id.family]);
  if (id.kind === 'mark') {
    writer.attribute(5, 4);
    writer.u32(id.mark);
    return;
  }
  writer.attribute(2, 2);
  writer.u32(id.protocol);
  writeAddress(writer, 3, id.address);
  writer.attribute(4, 2);
  writer.be16(id.port);
  writer.u16(0);
}

function netmaskBytes(family: Family, netmask: number): Uint8Array {
  const bytes = [netmask, netmask >>> 8, netmask >>> 16, netmask >>> 24];
  return Uint8Array.from(family === 'ipv4' ? bytes.toReversed() : bytes);
}

/** The SERVICE attribute that names a service. Made once for all the commands that are about it. */
export interface NamedService {
  readonly id: ServiceId;
  readonly bytes: Uint8Array;
}

const scratch = new ByteWriter();

export function namedService(id: ServiceId): NamedService {
  scratch.clear();
  const at = commandTable.begin(scratch, 'service');
  writeId(scratch, id);
  commandTable.end(scratch, at);
  return { id, bytes: scratch.written.slice() };
}

function isSame(a: ServiceSettings, b: ServiceSettings): boolean {
  return a.scheduler === b.scheduler && a.flags === b.flags && a.timeoutSeconds === b.timeoutSeconds && a.netmask === b.netmask && a.engine === b.engine;
}

interface WrittenSettings {
  readonly family: Family;
  readonly settings: ServiceSettings;
  readonly bytes: Uint8Array;
}

/** Services that come one after the other are mostly set alike. */
let last: WrittenSettings | null = null;

function settingsBytes(family: Family, settings: ServiceSettings): Uint8Array {
  if (last !== null && last.family === family && isSame(last.settings, settings)) return last.bytes;
  const { scheduler, flags, timeoutSeconds, netmask, engine } = settings;
  scratch.clear();
  settingsTable.write(scratch, {
    scheduler, timeoutSeconds, engine: engine ?? undefined,
    flags: { flags: flags & SETTABLE_FLAGS, mask: SETTABLE_FLAGS }, netmask: netmaskBytes(family, netmask),
  });
  last = { family, settings, bytes: scratch.written.slice() };
  return last.bytes;
}

/** The SERVICE attribute with all that a service is made of. Without an engine it has none, whatever it had before. */
export function writeService(writer: ByteWriter, { id, bytes }: NamedService, settings: ServiceSettings): void {
  const at = writer.length;
  writer.bytes(bytes);
  writer.bytes(settingsBytes(id.family, settings));
  commandTable.end(writer, at);
}

function idOf(row: Pick<Row<typeof serviceTable>, 'family' | 'protocol' | 'address' | 'port' | 'mark'>): ServiceId {
  const family = familyOfNumber(row.family);
  if (row.mark !== undefined) return { kind: 'mark', family, mark: row.mark };
  const { protocol, address, port } = row;
  if (protocol === undefined || address === undefined || port === undefined) throw malformed('service', 'has neither a mark nor an address');
  return { kind: 'address', family, protocol, address: addressText(family, address), port };
}

export function withoutStats64(object: string): NetlinkError {
  return malformed(`${object}.stats64`, 'is missing: the kernel is older than 4.1');
}

export function serviceSampleOf(row: Row<typeof serviceSampleTable>['service']): ServiceSample {
  if (row.stats64 === undefined) throw withoutStats64('service');
  return { id: idOf(row), counters: row.stats64 };
}

export function serviceOf(row: Row<typeof serviceTable>): Service {
  const { id, counters } = serviceSampleOf(row);
  const { scheduler, flags, timeoutSeconds, netmask, engine = null } = row;
  const mask = Buffer.from(netmask);
  return {
    id, counters,
    settings: {
      scheduler, flags: flags.flags & ~serviceFlag.hashed, timeoutSeconds, engine,
      netmask: id.family === 'ipv4' ? mask.readUInt32BE() : mask.readUInt32LE(),
    },
  };
}
