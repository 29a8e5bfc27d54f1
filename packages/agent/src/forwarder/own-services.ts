// Which services of a forwarder that outlives its agent are Weir's: those that it added or took over, kept on the disk. All others are foreign.
import { isUnanswered, notTried, serviceKey } from '@weir/model';
import type { ActualTable, Operation, OperationResult, ServiceKey } from '@weir/model';
import type { ApplyOptions, Forwarder } from '@weir/forwarder';
import type { DataFolder } from '../disk/data-folder.ts';

export interface OwnServicesParts {
  readonly file: DataFolder['ownServices'];
  /** The services of what is accepted: they stay Weir's where somebody took them away. */
  readonly held: () => ReadonlySet<ServiceKey>;
}

/** Whose a service is, where a person decided about one that others made. */
export interface Ownership {
  /** From now on Weir's, as it is. */
  adopt(keys: readonly ServiceKey[]): Promise<void>;
  /** No longer Weir's, and not removed. */
  leave(keys: readonly ServiceKey[]): Promise<void>;
}

function keysOf(operations: readonly Operation[], kind: Operation['kind']): ServiceKey[] {
  return operations.filter((operation) => operation.kind === kind).map(({ service }) => serviceKey(service));
}

export class OwnServices implements Ownership {
  readonly #parts: OwnServicesParts;
  #keys: ReadonlySet<ServiceKey>;
  /** One change after the other, each of what the one before left: readings forget while an apply adds. */
  #last: Promise<void> = Promise.resolve();

  private constructor(parts: OwnServicesParts, keys: ReadonlySet<ServiceKey>) {
    this.#parts = parts;
    this.#keys = keys;
  }

  static async load(parts: OwnServicesParts): Promise<OwnServices> {
    return new OwnServices(parts, new Set((await parts.file.read())?.services));
  }

  has(key: ServiceKey): boolean {
    return this.#keys.has(key);
  }

  /** On the disk before it is in the forwarder: an agent that ends in between must know its own again. */
  add(keys: readonly ServiceKey[]): Promise<void> {
    return this.#change((known) => new Set([...known, ...keys]));
  }

  adopt(keys: readonly ServiceKey[]): Promise<void> {
    return this.add(keys);
  }

  leave(keys: readonly ServiceKey[]): Promise<void> {
    return this.drop(new Set(keys));
  }

  drop(keys: ReadonlySet<ServiceKey>): Promise<void> {
    return this.#change((known) => new Set([...known].filter((key) => !keys.has(key))));
  }

  /** What is neither there nor wanted any more: whoever adds it again is somebody else. */
  forgetAbsent(present: ReadonlySet<ServiceKey>): Promise<void> {
    const held = this.#parts.held();
    return this.drop(new Set([...this.#keys].filter((key) => !present.has(key) && !held.has(key))));
  }

  #change(next: (known: ReadonlySet<ServiceKey>) => ReadonlySet<ServiceKey>): Promise<void> {
    const changed = this.#changeAfter(this.#last, next);
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  async #changeAfter(others: Promise<void>, next: (known: ReadonlySet<ServiceKey>) => ReadonlySet<ServiceKey>): Promise<void> {
    await others;
    await this.#keep(next(this.#keys));
  }

  async #keep(keys: ReadonlySet<ServiceKey>): Promise<void> {
    if (keys.size === this.#keys.size && [...keys].every((key) => this.#keys.has(key))) return;
    await this.#parts.file.write({ format: 1, services: [...keys] });
    this.#keys = keys;
  }
}

function keysIn({ services, others }: ActualTable): ReadonlySet<ServiceKey> {
  return new Set([...services.map(({ address }) => serviceKey(address)), ...others.map(({ key }) => key)]);
}

/** Services that were not added after all, and those that are gone. */
function lostKeys(operations: readonly Operation[], results: readonly OperationResult[]): ReadonlySet<ServiceKey> {
  return new Set(operations.flatMap((operation, at): ServiceKey[] => {
    const result = results[at];
    if (operation.kind === 'removeService') return result?.status === 'done' ? [serviceKey(operation.service)] : [];
    if (operation.kind !== 'addService' || result === undefined || result.status === 'done') return [];
    // Of an unexpected failure nobody knows what it did.
    return result.status === 'failed' && result.fault.code === 'unexpected' ? [] : [serviceKey(operation.service)];
  }));
}

/** Where somebody else has added a service since the plan was made, nothing is put into it: so all are added before the rest goes on. */
async function applyToOwn(operations: readonly Operation[], options: ApplyOptions, forwarder: Forwarder, own: ReadonlySet<ServiceKey>): Promise<readonly OperationResult[]> {
  const additions = operations.filter(({ kind }) => kind === 'addService');
  // Rolling back ends at the first refusal by itself.
  if (options.onFailure === 'rollBack' || additions.length === 0) return forwarder.apply(operations, options);
  const results = new Map<Operation, OperationResult>();
  const applyOf = async (part: readonly Operation[]): Promise<void> => {
    const answers = await forwarder.apply(part, options);
    for (const [at, operation] of part.entries()) results.set(operation, answers[at] ?? notTried('failureBefore'));
  };
  await applyOf(additions);
  const taken = new Set(additions.filter((operation) => {
    const result = results.get(operation);
    return result?.status === 'failed' && result.fault.code === 'alreadyExists';
  }).map(({ service }) => serviceKey(service)).filter((key) => !own.has(key)));
  if ([...results.values()].some(isUnanswered)) return operations.map((operation) => results.get(operation) ?? notTried('noAnswer'));
  await applyOf(operations.filter(({ kind, service }) => kind !== 'addService' && !taken.has(serviceKey(service))));
  return operations.map((operation) => results.get(operation) ?? notTried('foreignService'));
}

/** The same forwarder, which tells what is foreign in it. One that begins empty with its agent has only what Weir put there. */
export function withOwnServices(forwarder: Forwarder, own: OwnServices): Forwarder {
  if (!forwarder.capabilities.outlivesAgent) return forwarder;
  let applies = 0;
  return {
    get capabilities() { return forwarder.capabilities; },
    async read() {
      const begun = applies;
      const actual = await forwarder.read();
      // What was read before a change says nothing of what that added.
      if (begun === applies) await own.forgetAbsent(keysIn(actual));
      return { ...actual, services: actual.services.map((service) => ({ ...service, foreign: !own.has(serviceKey(service.address)) })) };
    },
    service: (address) => forwarder.service(address),
    async apply(operations, options) {
      applies += 1;
      const before = new Set(keysOf(operations, 'addService').filter((key) => own.has(key)));
      await own.add(keysOf(operations, 'addService'));
      const results = await applyToOwn(operations, options, forwarder, before);
      applies += 1;
      await own.drop(new Set([...lostKeys(operations, results)].filter((key) => !before.has(key) || keysOf(operations, 'removeService').includes(key))));
      return results;
    },
    sample: () => forwarder.sample(),
    connections: (limit, choice) => forwarder.connections(limit, choice),
    kernel: () => forwarder.kernel(),
    zero: (service) => forwarder.zero(service),
    close: () => forwarder.close(),
  };
}
