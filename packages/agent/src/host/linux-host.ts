// The host through route netlink and /proc/sys: VIPs on the right interface as /32 or /128, marked as Weir's, and announced.
import { HostReading, notTried, vipPrefixLength } from '@weir/model';
import type { HostOperation, IpAddress, OnFailure, OperationResult } from '@weir/model';
import {
  addInterfaceAddress, interfaceAddresses, links, NetlinkError, openRouteConnection, probeAddress, removeInterfaceAddress,
} from '@weir/netlink';
import type { Connection, Link } from '@weir/netlink';
import type { Logger } from 'pino';
import type { HostFile } from '../disk/data-folder.ts';
import type { StoredFile } from '../disk/whole-file.ts';
import { Announcer } from './announcer.ts';
import { faultOf, HostRefusal } from './host-fault.ts';
import { HostError } from './host.ts';
import type { Host, HostQuestion } from './host.ts';
import { kernelLife } from './kernel-life.ts';
import { HostLedger } from './ledger.ts';
import { readDefaultInterface, readLearntDefault } from './reading/default-route.ts';
import { interfacesOf, WEIR } from './reading/interfaces.ts';
import { readMarks } from './reading/nft-marks.ts';
import { readSetting, readSettings, writeSetting } from './settings.ts';

/** RFC 5227 waits up to 2 s; a host on the same link answers within milliseconds. */
const PROBE_WAIT_MS = 900;
const MOST_INTERFACES = 4_096;
/** Asking nft starts a program. */
const MARKS_AGE_MS = 30_000;

/** Each question has a socket of its own. */
const MOST_AT_ONCE = 64;

type VipOperation = Extract<HostOperation, { vip: string }>;

/** Who answered for which VIP; null: nobody. */
type Owners = ReadonlyMap<IpAddress, Promise<string | null>>;

function inGroups<TItem>(items: readonly TItem[]): TItem[][] {
  return Array.from({ length: Math.ceil(items.length / MOST_AT_ONCE) }, (_, at) => items.slice(at * MOST_AT_ONCE, (at + 1) * MOST_AT_ONCE));
}

function ownerOf(vip: IpAddress, { index, hardwareAddress, arp }: Link): Promise<string | null> {
  if (!arp || hardwareAddress === null) return Promise.resolve(null);
  return probeAddress({ address: vip, interfaceIndex: index, hardwareAddress, waitMs: PROBE_WAIT_MS });
}

/** Where the links cannot be asked, nobody knows whether a VIP is free: each is refused. */
async function unasked(operations: readonly HostOperation[], error: unknown): Promise<Owners> {
  const refused = operations.flatMap((operation) => (operation.kind === 'addVip' ? [[operation.vip, Promise.reject(error)] as const] : []));
  await Promise.allSettled(refused.map(([, owner]) => owner));
  return new Map(refused);
}

export class LinuxHost implements Host {
  readonly #connection: Connection;
  readonly #ledger: HostLedger;
  readonly #announcer: Announcer;
  #marks: { readonly atMs: number; readonly read: Promise<readonly number[] | null> } | null = null;

  private constructor(connection: Connection, ledger: HostLedger, log: Logger) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#announcer = new Announcer(log);
  }

  static async open(file: StoredFile<HostFile>, log: Logger): Promise<LinuxHost> {
    return new LinuxHost(await openRouteConnection(), await HostLedger.load(file, await kernelLife()), log);
  }

  async read({ marks }: HostQuestion): Promise<HostReading> {
    try {
      const found = links(this.#connection).toSorted((a, b) => a.index - b.index).slice(0, MOST_INTERFACES);
      const addresses = interfaceAddresses(this.#connection);
      const values = await readSettings(found.filter(({ loopback }) => !loopback).map(({ name }) => name));
      return HostReading.parse({
        interfaces: interfacesOf(found, addresses, (address, on) => this.#ledger.hasVip(address, on)),
        settings: values.map(({ name, value }) => ({ name, value, before: this.#ledger.before(name, value) })),
        marks: marks ? await this.#readMarks() : null,
        defaultInterface: await readDefaultInterface(),
        learntDefault: await readLearntDefault(),
      });
    } catch (error) {
      throw new HostError('read', error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  #readMarks(): Promise<readonly number[] | null> {
    const nowMs = performance.now();
    if (this.#marks === null || nowMs - this.#marks.atMs > MARKS_AGE_MS) this.#marks = { atMs: nowMs, read: readMarks() };
    return this.#marks.read;
  }

  async apply(operations: readonly HostOperation[], onFailure: OnFailure): Promise<readonly OperationResult[]> {
    const results: OperationResult[] = [];
    for (const some of inGroups(operations)) {
      const owners = await this.#askLinks(some).catch((error: unknown) => unasked(some, error));
      for (const operation of some) {
        const stops = onFailure === 'rollBack' && results.some(({ status }) => status === 'failed');
        results.push(stops ? notTried('failureBefore') : await this.#applyOne(operation, owners));
      }
    }
    return results;
  }

  async #applyOne(operation: HostOperation, owners: Owners): Promise<OperationResult> {
    try {
      if (operation.kind === 'setHostSetting') await this.#set(operation);
      else if (operation.kind === 'addVip') await this.#add(operation, await owners.get(operation.vip) ?? null);
      else await this.#remove(operation);
      return { status: 'done' };
    } catch (error) {
      return { status: 'failed', fault: faultOf(error, operation) };
    }
  }

  close(): Promise<void> {
    this.#announcer.stop();
    this.#connection.close();
    return Promise.resolve();
  }

  #link(name: string): Link {
    const link = links(this.#connection).find((candidate) => candidate.name === name);
    if (link === undefined) throw new HostRefusal('notFound', `this host has no interface ${name}`);
    if (!link.up) throw new HostRefusal('unexpected', `the interface ${name} is down`);
    return link;
  }

  /** All at once: each takes its time, and there may be hundreds of VIPs after a boot. What cannot be asked is a refusal of its own later. */
  async #askLinks(operations: readonly HostOperation[]): Promise<Owners> {
    const found = new Map(links(this.#connection).map((link) => [link.name, link]));
    // A VIP that goes from one interface to another is still on the first, and this host answers for it.
    const own = new Set([...found.values()].map(({ hardwareAddress }) => hardwareAddress));
    const other = (owner: string | null): string | null => (own.has(owner) ? null : owner);
    const asked = operations.flatMap((operation) => {
      const link = operation.kind === 'addVip' ? found.get(operation.interface) : undefined;
      return operation.kind === 'addVip' && link?.up === true ? [[operation.vip, ownerOf(operation.vip, link).then(other)] as const] : [];
    });
    await Promise.allSettled(asked.map(([, owner]) => owner));
    return new Map(asked);
  }

  async #add({ vip, interface: name }: VipOperation, owner: string | null): Promise<void> {
    const link = this.#link(name);
    if (owner !== null) throw new HostRefusal('addressInUse', `${owner} answers for ${vip} on ${name}; take the address off that host first`);
    const known = this.#ledger.hasVip(vip, name);
    await this.#ledger.addVip(vip, name);
    try {
      addInterfaceAddress(this.#connection, { address: vip, prefixLength: vipPrefixLength(vip), interfaceIndex: link.index }, WEIR);
    } catch (error) {
      if (!known) await this.#ledger.removeVip(vip, name);
      throw error;
    }
    this.#announcer.announce(vip, link);
  }

  async #remove({ vip, interface: name }: VipOperation): Promise<void> {
    this.#announcer.forget(vip);
    const link = links(this.#connection).find((candidate) => candidate.name === name);
    if (link === undefined) throw new HostRefusal('notFound', `this host has no interface ${name}`);
    try {
      removeInterfaceAddress(this.#connection, { address: vip, prefixLength: vipPrefixLength(vip), interfaceIndex: link.index });
    } catch (error) {
      if (!(error instanceof NetlinkError && error.errno === 'EADDRNOTAVAIL')) throw error;
    }
    await this.#ledger.removeVip(vip, name);
  }

  async #set({ name, before, after }: Extract<HostOperation, { name: string }>): Promise<void> {
    const value = await readSetting(name);
    if (value !== before) throw new HostRefusal('unexpected', `${name} is ${value} by now, not ${before}`);
    const make = (): Promise<void> => writeSetting(name, after);
    if (this.#ledger.before(name, value) === after) {
      await make();
      await this.#ledger.forgetSetting(name);
    } else await this.#ledger.changeSetting({ name, value, set: after }, make);
    const made = await readSetting(name);
    if (made !== after) throw new HostRefusal('unexpected', `${name} is ${made} after it was set to ${after}`);
  }
}
