// Destinations in the kernel's words: identity, settings, observation, and how they lie in their attributes.
import { AF, ByteWriter, familyOf } from '@weir/netlink';
import type { Family } from '@weir/netlink';
import { writeAddress } from './address.ts';
import type { DestinationRow } from './destination-reader.ts';
import { commandTable, destinationTable } from './family/tables.ts';

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

/** `10.0.0.1:80`, `[fd00::1]:80`. */
export function destinationName({ address, port }: DestinationId): string {
  return familyOf(address) === 'ipv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

const settingsTable = destinationTable.only('forward', 'weight', 'upperThreshold', 'lowerThreshold', 'tunnelType', 'tunnelPort', 'tunnelFlags');

/** Without settings only what names it. By hand: a cold apply has tens of thousands. The numbers are those of `destinationTable`. */
export function writeDestination(writer: ByteWriter, id: DestinationId, settings: DestinationSettings | null): void {
  const at = commandTable.begin(writer, 'destination');
  writeId(writer, id);
  if (settings !== null) writeSettings(writer, settings);
  commandTable.end(writer, at);
}

function writeId(writer: ByteWriter, { address, port }: DestinationId): void {
  const family = writeAddress(writer, 1, address);
  writer.attribute(2, 2);
  writer.be16(port);
  writer.u16(0);
  writer.attribute(11, 2);
  writer.u32(AF[family]);
}

/** But for the weight. */
function isAlike(a: DestinationSettings, b: DestinationSettings): boolean {
  return a.forward === b.forward && a.upperThreshold === b.upperThreshold && a.lowerThreshold === b.lowerThreshold
    && a.tunnelType === b.tunnelType && a.tunnelPort === b.tunnelPort && a.tunnelFlags === b.tunnelFlags;
}

const scratch = new ByteWriter();
/** Destinations that come one after the other mostly differ in nothing but the weight. */
let last: { readonly settings: DestinationSettings; readonly bytes: Uint8Array } | null = null;
/** Behind the header of the second attribute, each of the first two of eight bytes. */
const WEIGHT_AT = 12;

function writeSettings(writer: ByteWriter, settings: DestinationSettings): void {
  if (last === null || !isAlike(last.settings, settings)) {
    scratch.clear();
    settingsTable.write(scratch, settings);
    last = { settings, bytes: scratch.written.slice() };
  }
  const at = writer.length;
  writer.bytes(last.bytes);
  writer.patch32(at + WEIGHT_AT, settings.weight);
}

/** `ofService`: the family where the destination does not say its own. */
export function destinationOf(row: DestinationRow, ofService: Family): Destination {
  const { port, forward, weight, upperThreshold, lowerThreshold, active, inactive, persistent, tunnelType, tunnelPort, tunnelFlags } = row;
  return {
    id: { address: row.address(ofService), port },
    connections: { active, inactive, persistent },
    settings: { forward, weight, upperThreshold, lowerThreshold, tunnelType, tunnelPort, tunnelFlags },
  };
}
