// Destinations in the kernel's words: identity, settings, observation, and how they lie in their attributes.
import { addressBytes, addressText, AF, ByteWriter, familyOf, familyOfNumber, malformed } from '@weir/netlink';
import type { Family, Row } from '@weir/netlink';
import { FORWARD_MASK } from './family/constants.ts';
import { commandTable, destinationSampleTable, destinationTable } from './family/tables.ts';
import { withoutStats64 } from './service.ts';
import type { Counters } from './service.ts';

export interface DestinationId {
  readonly address: string;
  readonly port: number;
}

export interface DestinationSettings {
  /** `forward` */
  readonly forward: number;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  /** `tunnelType`, and for `gue` a port; 0 where nothing is tunnelled. */
  readonly tunnelType: number;
  readonly tunnelPort: number;
  /** `tunnelFlag` */
  readonly tunnelFlags: number;
}

export interface ConnectionCounts {
  readonly active: number;
  readonly inactive: number;
  readonly persistent: number;
}

export interface Destination {
  readonly id: DestinationId;
  readonly settings: DestinationSettings;
  readonly connections: ConnectionCounts;
}

export interface DestinationSample {
  readonly id: DestinationId;
  readonly forward: number;
  readonly weight: number;
  readonly connections: ConnectionCounts;
  readonly counters: Counters;
}

/** `10.0.0.1:80`, `[fd00::1]:80`. */
export function destinationName({ address, port }: DestinationId): string {
  return familyOf(address) === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

const idTable = destinationTable.only('address', 'port', 'family');
const settingsTable = destinationTable.only(
  'forward', 'weight', 'upperThreshold', 'lowerThreshold', 'tunnelType', 'tunnelPort', 'tunnelFlags');

/** One after the other in a plan, destinations mostly have the same settings: their bytes are made once. */
class SettingsBytes {
  #settings: DestinationSettings | null = null;
  readonly #writer = new ByteWriter();

  of(settings: DestinationSettings): Uint8Array {
    if (this.#settings === null || !equal(this.#settings, settings)) {
      this.#writer.clear();
      settingsTable.write(this.#writer, settings);
      this.#settings = settings;
    }
    return this.#writer.written;
  }
}

function equal(a: DestinationSettings, b: DestinationSettings): boolean {
  return a.forward === b.forward && a.weight === b.weight && a.upperThreshold === b.upperThreshold && a.lowerThreshold === b.lowerThreshold
    && a.tunnelType === b.tunnelType && a.tunnelPort === b.tunnelPort && a.tunnelFlags === b.tunnelFlags;
}

const settingsBytes = new SettingsBytes();

/** Without settings only what names it. */
export function writeDestination(writer: ByteWriter, { address, port }: DestinationId, settings: DestinationSettings | null): void {
  const at = commandTable.begin(writer, 'destination');
  idTable.write(writer, { address: addressBytes(address), port, family: AF[familyOf(address)] });
  if (settings !== null) writer.bytes(settingsBytes.of(settings));
  commandTable.end(writer, at);
}

function idOf(row: { readonly address: Uint8Array; readonly port: number; readonly family?: number }, serviceFamily: Family): DestinationId {
  const family = row.family === undefined ? serviceFamily : familyOfNumber(row.family);
  return { address: addressText(family, row.address), port: row.port };
}

function countsOf(row: Pick<Row<typeof destinationTable>, 'activeConnections' | 'inactiveConnections' | 'persistentConnections'>): ConnectionCounts {
  const { activeConnections: active, inactiveConnections: inactive, persistentConnections: persistent } = row;
  if (active === undefined || inactive === undefined || persistent === undefined) throw malformed('destination', 'comes without its connections');
  return { active, inactive, persistent };
}

/** `family`: that of the service, where the destination does not say its own. */
export function destinationOf(row: Row<typeof destinationTable>, family: Family): Destination {
  return {
    id: idOf(row, family),
    connections: countsOf(row),
    settings: {
      forward: row.forward & FORWARD_MASK, weight: row.weight, upperThreshold: row.upperThreshold, lowerThreshold: row.lowerThreshold,
      tunnelType: row.tunnelType ?? 0, tunnelPort: row.tunnelPort ?? 0, tunnelFlags: row.tunnelFlags ?? 0,
    },
  };
}

export function destinationSampleOf(bytes: Buffer, start: number, end: number, family: Family): DestinationSample {
  const row = destinationSampleTable.read(bytes, start, end).destination;
  if (row.stats64 === undefined) throw withoutStats64('destination');
  return {
    id: idOf(row, family), forward: row.forward & FORWARD_MASK, weight: row.weight, connections: countsOf(row), counters: row.stats64,
  };
}
