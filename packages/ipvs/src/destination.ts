// Destinations in the kernel's words: identity, settings, observation, and how they lie in their attributes.
import { addressBytes, AF, familyOf, ipv4Number } from '@weir/netlink';
import type { ByteWriter, Family } from '@weir/netlink';
import type { DestinationRow } from './destination-reader.ts';
import { commandTable } from './family/tables.ts';

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

/** Without settings only what names it. By hand: a cold apply has tens of thousands. The numbers are those of `destinationTable`. */
export function writeDestination(writer: ByteWriter, id: DestinationId, settings: DestinationSettings | null): void {
  const at = commandTable.begin(writer, 'destination');
  writeId(writer, id);
  if (settings !== null) writeSettings(writer, settings);
  commandTable.end(writer, at);
}

function writeId(writer: ByteWriter, { address, port }: DestinationId): void {
  const family = familyOf(address);
  if (family === 'ipv4') {
    writer.attribute(1, 4);
    writer.be32(ipv4Number(address));
  } else {
    writer.attribute(1, 16);
    writer.bytes(addressBytes(address));
  }
  writer.attribute(2, 2);
  writer.be16(port);
  writer.u16(0);
  writer.attribute(11, 2);
  writer.u32(AF[family]);
}

function writeSettings(writer: ByteWriter, settings: DestinationSettings): void {
  writer.attribute(3, 4);
  writer.u32(settings.forward);
  writer.attribute(4, 4);
  writer.u32(settings.weight);
  writer.attribute(5, 4);
  writer.u32(settings.upperThreshold);
  writer.attribute(6, 4);
  writer.u32(settings.lowerThreshold);
  writer.attribute(13, 1);
  writer.u32(settings.tunnelType);
  writer.attribute(14, 2);
  writer.be16(settings.tunnelPort);
  writer.u16(0);
  writer.attribute(15, 2);
  writer.u32(settings.tunnelFlags);
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
