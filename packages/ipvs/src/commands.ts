// Commands that change the kernel's table, as data: sent one by one or many at once.
import type { ByteWriter } from '@weir/netlink';
import { destinationName, writeDestination } from './destination.ts';
import type { DestinationId, DestinationSettings } from './destination.ts';
import { command } from './family/constants.ts';
import { serviceName, writeService } from './service.ts';
import type { NamedService, ServiceSettings } from './service.ts';

/** Classes, not closures: a cold apply makes tens of thousands of them. */
export interface Command {
  readonly operation: string;
  readonly command: number;
  /** What it is about, in words: only asked for where it is sent alone. */
  object(): string;
  write(writer: ByteWriter): void;
}

class ServiceCommand implements Command {
  readonly operation: string;
  readonly command: number;
  readonly #service: NamedService;
  readonly #settings: ServiceSettings;

  constructor(operation: string, number: number, service: NamedService, settings: ServiceSettings) {
    this.operation = operation;
    this.command = number;
    this.#service = service;
    this.#settings = settings;
  }

  object(): string {
    return `service ${serviceName(this.#service.id)}`;
  }

  write(writer: ByteWriter): void {
    writeService(writer, this.#service, this.#settings);
  }
}

class DestinationCommand implements Command {
  readonly operation: string;
  readonly command: number;
  readonly #service: NamedService;
  readonly #id: DestinationId;
  readonly #settings: DestinationSettings | null;

  constructor(operation: string, number: number, service: NamedService, id: DestinationId, settings: DestinationSettings | null) {
    this.operation = operation;
    this.command = number;
    this.#service = service;
    this.#id = id;
    this.#settings = settings;
  }

  object(): string {
    return `destination ${destinationName(this.#id)} of service ${serviceName(this.#service.id)}`;
  }

  write(writer: ByteWriter): void {
    writer.bytes(this.#service.bytes);
    writeDestination(writer, this.#id, this.#settings);
  }
}

export function addService(service: NamedService, settings: ServiceSettings): Command {
  return new ServiceCommand('add', command.newService, service, settings);
}

/** Changing the scheduler costs the kernel a wait of some 20 ms for all processors. */
export function setService(service: NamedService, settings: ServiceSettings): Command {
  return new ServiceCommand('set', command.setService, service, settings);
}

export function removeService({ id, bytes }: NamedService): Command {
  return { operation: 'remove', object: () => `service ${serviceName(id)}`, command: command.delService, write: (writer) => writer.bytes(bytes) };
}

export function addDestination(service: NamedService, id: DestinationId, settings: DestinationSettings): Command {
  return new DestinationCommand('add', command.newDest, service, id, settings);
}

export function setDestination(service: NamedService, id: DestinationId, settings: DestinationSettings): Command {
  return new DestinationCommand('set', command.setDest, service, id, settings);
}

export function removeDestination(service: NamedService, id: DestinationId): Command {
  return new DestinationCommand('remove', command.delDest, service, id, null);
}

/** Counters begin at 0 again: of one service with its destinations, or of everything. Active and inactive connections stay. */
export function zero(service: NamedService | null): Command {
  return {
    operation: 'zero', object: () => service === null ? 'all counters' : `counters of service ${serviceName(service.id)}`,
    command: command.zero, write: (writer) => writer.bytes(service === null ? [] : service.bytes),
  };
}
