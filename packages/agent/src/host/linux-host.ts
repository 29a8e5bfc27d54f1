// The host through route netlink and /proc/sys: VIPs on the right interface as /32 or /128, marked as Weir's, and announced.
import { HostReading, isUnanswered, notTried, vipPrefixLength } from '@weir/model';
import type { HostOperation, OnFailure, OperationResult } from '@weir/model';
import {
  addInterfaceAddress, interfaceAddresses, links, NetlinkError, openRouteConnection, removeInterfaceAddress,
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
import { askOwners, inGroups } from './owners.ts';
import type { Owners, VipPlace } from './owners.ts';
import { readDefaultInterface, readLearntDefault } from './reading/default-route.ts';
import { interfacesOf, WEIR } from './reading/interfaces.ts';
import { readMarks } from './reading/nft-marks.ts';
import { readSetting, readSettings, writeSetting } from './settings.ts';
import { Unannounced } from './unannounced.ts';
import type { UnannouncedParts } from './unannounced.ts';

const MOST_INTERFACES = 4_096;
/** Asking nft starts a program. */
const MARKS_AGE_MS = 30_000;

type VipOperation = Extract<HostOperation, { vip: string }>;

/** Why nothing more is tried; null: it is. */
function untried(results: readonly OperationResult[], onFailure: OnFailure): Parameters<typeof notTried>[0] | null {
  if (isUnanswered(results.at(-1))) return 'noAnswer';
  return onFailure === 'rollBack' && results.some(({ status }) => status === 'failed') ? 'failureBefore' : null;
}

function isAddVip(operation: HostOperation): operation is VipOperation {
  return operation.kind === 'addVip';
}

/** Where the links cannot be asked, nobody knows whether a VIP is free: each is refused. */
async function unasked(operations: readonly HostOperation[], error: unknown): Promise<Owners> {
  const refused = operations.filter(isAddVip).map(({ vip }) => [vip, Promise.reject(error)] as const);
  await Promise.allSettled(refused.map(([, owner]) => owner));
  return new Map(refused);
}

export class LinuxHost implements Host {
  readonly #connection: Connection;
  readonly #ledger: HostLedger;
  readonly #announcer: Announcer;
  readonly #unannounced: Unannounced;
  readonly #log: Logger;
  /** Put on by the operations under way. */
  #announced: VipPlace[] = [];
  #marks: { readonly atMs: number; readonly read: Promise<readonly number[] | null> } | null = null;

  private constructor(connection: Connection, ledger: HostLedger, log: Logger) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#log = log;
    this.#announcer = new Announcer(log);
    this.#unannounced = new Unannounced({ ledger, announcer: this.#announcer, log, look: () => this.#look() });
  }

  static async open(file: StoredFile<HostFile>, log: Logger): Promise<LinuxHost> {
    const host = new LinuxHost(await openRouteConnection(), await HostLedger.load(file, await kernelLife()), log);
    void host.#unannounced.start();
    return host;
  }

  async read({ marks }: HostQuestion): Promise<HostReading> {
    try {
      const { links: found, interfaces } = this.#look();
      const values = await readSettings(found.filter(({ loopback }) => !loopback).map(({ name }) => name));
      return HostReading.parse({
        interfaces,
        contested: this.#unannounced.contested,
        settings: values.map(({ name, value }) => ({ name, value, before: this.#ledger.before(name, value) })),
        marks: marks ? await this.#readMarks() : null,
        defaultInterface: await readDefaultInterface(),
        learntDefault: await readLearntDefault(),
      });
    } catch (error) {
      throw new HostError('read', error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  #look(): ReturnType<UnannouncedParts['look']> {
    const found = links(this.#connection).toSorted((a, b) => a.index - b.index).slice(0, MOST_INTERFACES);
    return { links: found, interfaces: interfacesOf(found, interfaceAddresses(this.#connection), (address, on) => this.#ledger.hasVip(address, on)) };
  }

  #readMarks(): Promise<readonly number[] | null> {
    const nowMs = performance.now();
    if (this.#marks === null || nowMs - this.#marks.atMs > MARKS_AGE_MS) this.#marks = { atMs: nowMs, read: readMarks() };
    return this.#marks.read;
  }

  async apply(operations: readonly HostOperation[], onFailure: OnFailure): Promise<readonly OperationResult[]> {
    const results: OperationResult[] = [];
    for (const some of inGroups(operations)) {
      const owners = await this.#askLinks(some.filter(isAddVip)).catch((error: unknown) => unasked(some, error));
      for (const operation of some) {
        const why = untried(results, onFailure);
        results.push(why === null ? await this.#applyOne(operation, owners) : notTried(why));
      }
      await this.#markAnnounced();
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

  /** Not known to be announced, they are at the next start. */
  async #markAnnounced(): Promise<void> {
    const announced = this.#announced;
    this.#announced = [];
    await this.#ledger.markAnnounced(announced).catch((error: unknown) => {
      this.#log.warn({ err: error }, 'that VIPs were announced could not be written down');
    });
  }

  close(): Promise<void> {
    this.#unannounced.stop();
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

  /** What cannot be asked is a refusal of its own later. */
  async #askLinks(places: readonly VipPlace[]): Promise<Owners> {
    return askOwners(places, links(this.#connection));
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
    if (await this.#announcer.announce(vip, link)) this.#announced.push({ vip, interface: name });
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
