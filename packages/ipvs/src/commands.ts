// Commands that change the kernel's table, as data: sent one by one or many at once.
import type { ByteWriter } from '@weir/netlink';
import { destinationName, writeDestination, writeDestinationId } from './destination.ts';
import type { DestinationId, DestinationSettings } from './destination.ts';
import { command } from './family/constants.ts';
import { serviceBytes, serviceName } from './service.ts';
import type { NamedService, ServiceId, ServiceSettings } from './service.ts';

export interface Command {
  readonly operation: string;
  /** What it is about, in words: only asked for where it is sent alone. */
  readonly object: () => string;
  readonly command: number;
  readonly write: (writer: ByteWriter) => void;
}

export function addService(id: ServiceId, settings: ServiceSettings): Command {
  return { operation: 'add', object: () => `service ${serviceName(id)}`, command: command.newService, write: (writer) => writer.bytes(serviceBytes(id, settings)) };
}

/** Changing the scheduler costs the kernel a wait of some 20 ms for all processors. */
export function setService(id: ServiceId, settings: ServiceSettings): Command {
  return { operation: 'set', object: () => `service ${serviceName(id)}`, command: command.setService, write: (writer) => writer.bytes(serviceBytes(id, settings)) };
}

export function removeService({ id, bytes }: NamedService): Command {
  return { operation: 'remove', object: () => `service ${serviceName(id)}`, command: command.delService, write: (writer) => writer.bytes(bytes) };
}

function ofDestination(
  operation: string, number: number, service: NamedService, id: DestinationId, write: (writer: ByteWriter) => void,
): Command {
  return {
    operation, command: number,
    object: () => `destination ${destinationName(id)} of service ${serviceName(service.id)}`,
    write(writer) {
      writer.bytes(service.bytes);
      write(writer);
    },
  };
}

export function addDestination(service: NamedService, id: DestinationId, settings: DestinationSettings): Command {
  return ofDestination('add', command.newDest, service, id, (writer) => writeDestination(writer, id, settings));
}

export function setDestination(service: NamedService, id: DestinationId, settings: DestinationSettings): Command {
  return ofDestination('set', command.setDest, service, id, (writer) => writeDestination(writer, id, settings));
}

export function removeDestination(service: NamedService, id: DestinationId): Command {
  return ofDestination('remove', command.delDest, service, id, (writer) => writeDestinationId(writer, id));
}

/** Counters begin at 0 again: of one service with its destinations, or of everything. Active and inactive connections stay. */
export function zero(service: NamedService | null): Command {
  return {
    operation: 'zero', object: () => service === null ? 'all counters' : `counters of service ${serviceName(service.id)}`,
    command: command.zero, write: (writer) => writer.bytes(service === null ? [] : service.bytes),
  };
}
