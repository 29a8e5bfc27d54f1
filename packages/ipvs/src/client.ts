// The IPVS family's client: one short method per command.
import { Connection, genericBody, genericRequest, loadLibc, malformed, NETLINK_GENERIC, NetlinkError, openSocket, resolveFamily, writeGeneric } from '@weir/netlink';
import type { ByteWriter, GenericCommand, Message, Part, Refusal, Request } from '@weir/netlink';
import * as commands from './commands.ts';
import type { Command } from './commands.ts';
import { daemonOf, daemonPart } from './daemon.ts';
import type { Daemon, DaemonRole, DaemonStart } from './daemon.ts';
import { destinationOf } from './destination.ts';
import type { Destination, DestinationId, DestinationSettings } from './destination.ts';
import { DestinationReader } from './destination-reader.ts';
import type { DestinationRow } from './destination-reader.ts';
import { command, daemonState, FAMILY_NAME, FAMILY_VERSION } from './family/constants.ts';
import { commandTable, infoTable, serviceSampleTable } from './family/tables.ts';
import { namedService, serviceName, serviceOf, serviceSampleOf } from './service.ts';
import type { NamedService, Service, ServiceId, ServiceSample, ServiceSettings } from './service.ts';

export interface Timeouts {
  readonly tcpSeconds: number;
  readonly tcpFinSeconds: number;
  readonly udpSeconds: number;
}

export interface Info {
  /** `1.2.1` */
  readonly version: string;
  readonly connectionTableSize: number;
}

/** A service's destinations are asked for one service at a time, and mostly fit: each takes some 360 bytes. */
const RECEIVE_SIZE = 8_192;

const noAttributes = (): void => undefined;

function body(message: Message): readonly [bytes: Buffer, start: number, end: number] {
  return [message.bytes, genericBody(message), message.end];
}

export class IpvsClient {
  readonly #connection: Connection;
  /** Another one once the module was loaded anew. */
  #familyId: number;
  readonly #destination = new DestinationReader();

  constructor(connection: Connection, familyId: number) {
    this.#connection = connection;
    this.#familyId = familyId;
  }

  /** Throws ENOENT where the kernel has no IPVS and cannot load it. What a command may not do is said by that command. */
  static async open(): Promise<IpvsClient> {
    const libc = await loadLibc();
    const connection = new Connection(() => openSocket(libc, NETLINK_GENERIC, RECEIVE_SIZE));
    try {
      return new IpvsClient(connection, resolveFamily(connection, FAMILY_NAME).id);
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  info(): Info {
    const [info] = this.#request(() => this.#ask('info', command.getInfo), (message) => infoTable.read(...body(message)));
    if (info === undefined) throw malformed('info', 'was not answered');
    const { version } = info;
    return { version: `${version >>> 16 & 0xff}.${version >>> 8 & 0xff}.${version & 0xff}`, connectionTableSize: info.connectionTableSize };
  }

  services(): Service[] {
    return this.#dump(() => this.#ask('services', command.getService), readService);
  }

  serviceSamples(): ServiceSample[] {
    return this.#dump(() => this.#ask('services', command.getService), (message) => serviceSampleOf(serviceSampleTable.read(...body(message)).service));
  }

  /** Throws ESRCH where there is none. */
  service({ id, bytes }: NamedService): Service {
    const [service] = this.#request(
      () => this.#ask(`service ${serviceName(id)}`, command.getService, (writer) => writer.bytes(bytes)), readService);
    if (service === undefined) throw malformed(`service ${serviceName(id)}`, 'was not answered');
    return service;
  }

  /** Newest first. None where there is no such service: the kernel does not tell the two apart. */
  destinations(service: NamedService): Destination[] {
    return this.eachDestination(service, (row) => destinationOf(row, service.id.family));
  }

  /** What `make` makes of each destination, given its place in the kernel's list. The row is the next one's as soon as that is read. */
  eachDestination<T>(service: NamedService, make: (row: DestinationRow, place: number) => T): T[] {
    const destination = this.#destination;
    return this.#dump(() => this.#askDestinations(service), (message, place) => {
      destination.read(message.bytes, genericBody(message), message.end);
      return make(destination, place);
    });
  }

  addService(id: ServiceId, settings: ServiceSettings): void {
    this.run(commands.addService(namedService(id), settings));
  }

  setService(id: ServiceId, settings: ServiceSettings): void {
    this.run(commands.setService(namedService(id), settings));
  }

  removeService(id: ServiceId): void {
    this.run(commands.removeService(namedService(id)));
  }

  addDestination(service: ServiceId, id: DestinationId, settings: DestinationSettings): void {
    this.run(commands.addDestination(namedService(service), id, settings));
  }

  setDestination(service: ServiceId, id: DestinationId, settings: DestinationSettings): void {
    this.run(commands.setDestination(namedService(service), id, settings));
  }

  removeDestination(service: ServiceId, id: DestinationId): void {
    this.run(commands.removeDestination(namedService(service), id));
  }

  /** Null: the counters of everything. */
  zero(service: ServiceId | null): void {
    this.run(commands.zero(service === null ? null : namedService(service)));
  }

  timeouts(): Timeouts {
    const [row] = this.#request(() => this.#ask('timeouts', command.getConfig), (message) => commandTable.read(...body(message)));
    const { tcpSeconds, tcpFinSeconds, udpSeconds } = row ?? {};
    if (tcpSeconds === undefined || tcpFinSeconds === undefined || udpSeconds === undefined) throw malformed('timeouts', 'are missing');
    return { tcpSeconds, tcpFinSeconds, udpSeconds };
  }

  /** 0 leaves one as it is. */
  setTimeouts(timeouts: Timeouts): void {
    this.#setAttributes('set', 'timeouts', command.setConfig, timeouts);
  }

  /** None, one, or both roles. */
  daemons(): Daemon[] {
    return this.#dump(() => this.#ask('daemons', command.getDaemon), (message) => {
      const { daemon } = commandTable.read(...body(message));
      return daemon === undefined ? null : daemonOf(daemon);
    }).filter((daemon) => daemon !== null);
  }

  startDaemon(start: DaemonStart): void {
    this.#setAttributes('start', `${start.role} daemon`, command.newDaemon, { daemon: daemonPart(start) });
  }

  stopDaemon(role: DaemonRole): void {
    this.#setAttributes('stop', `${role} daemon`, command.delDaemon, { daemon: { state: daemonState[role] } });
  }

  run(one: Command): void {
    this.#request(() => this.#requestOf(one, one.object()), () => null);
  }

  /** For each command null, or the errno with which it was refused. A refusal stops none of those after it. */
  batch(many: readonly Command[]): Refusal[] {
    const refusals = this.#sendBatch(many);
    if (!refusals.includes('ENOENT') || !this.#isFamilyNew()) return refusals;
    const again = this.#sendBatch(many.filter((_, at) => refusals[at] === 'ENOENT'));
    return refusals.map((refusal) => (refusal === 'ENOENT' ? again.shift() ?? null : refusal));
  }

  close(): void {
    this.#connection.close();
  }

  #requestOf(one: GenericCommand, object: string): Request {
    return genericRequest({ id: this.#familyId, version: FAMILY_VERSION }, one, object);
  }

  #request<T>(question: () => Request, read: (message: Message) => T): T[] {
    return this.#inFamily(() => this.#connection.request(question(), read));
  }

  #dump<T>(question: () => Request, read: (message: Message, place: number) => T): T[] {
    return this.#inFamily(() => this.#connection.dump(question(), read));
  }

  #sendBatch(many: readonly Command[]): Refusal[] {
    return this.#connection.batch(this.#familyId, many, (writer, one) => writeGeneric(writer, one, FAMILY_VERSION));
  }

  /** ENOENT: what was asked for is not there, or nobody has this family's number any more. Then it is asked once again, under the new one. */
  #inFamily<T>(exchange: () => T): T {
    try {
      return exchange();
    } catch (error) {
      if (!(error instanceof NetlinkError && error.errno === 'ENOENT') || !this.#isFamilyNew()) throw error;
      return exchange();
    }
  }

  /** Throws ENOENT where the kernel has no IPVS any more. */
  #isFamilyNew(): boolean {
    const { id } = resolveFamily(this.#connection, FAMILY_NAME);
    const isNew = id !== this.#familyId;
    this.#familyId = id;
    return isNew;
  }

  #ask(object: string, number: number, write: (writer: ByteWriter) => void = noAttributes): Request {
    return this.#requestOf({ operation: 'read', command: number, write }, object);
  }

  #askDestinations({ id, bytes }: NamedService): Request {
    return this.#ask(`destinations of service ${serviceName(id)}`, command.getDest, (writer) => writer.bytes(bytes));
  }

  #setAttributes(operation: string, object: string, number: number, attributes: Part<typeof commandTable>): void {
    this.run({ operation, object: () => object, command: number, write: (writer) => commandTable.write(writer, attributes) });
  }
}

function readService(message: Message): Service {
  const { service } = commandTable.read(...body(message));
  if (service === undefined) throw malformed('answer', 'has no service');
  return serviceOf(service);
}
