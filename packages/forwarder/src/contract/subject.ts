// The forwarder that a test of the contract is about, and short ways to tell it things.
import { endpointKey, same, SchedulerName, serviceKey } from '@weir/model';
import type {
  Endpoint, EndpointKey, FaultCode, Operation, OperationResult, RealServerSettings, Scheduler, ServiceAddress, ServiceSample, ServiceSettings,
} from '@weir/model';
import type { Forwarder } from '../forwarder.ts';
import { expectedOf } from './expected-table.ts';
import type { ExpectedTable } from './expected-table.ts';
import type { ContractConnection, ContractFixture, ContractTraits } from './fixture.ts';

export const schedulerNames: readonly SchedulerName[] = SchedulerName.options;

export function schedulerOf(name: SchedulerName): Scheduler {
  return name === 'sh' || name === 'mh' ? { name, fallback: true, port: false } : { name };
}

export function serviceSettings(changes: Partial<ServiceSettings> = {}): ServiceSettings {
  return { scheduler: { name: 'rr' }, persistence: null, onePacket: false, ...changes };
}

export function addService(service: ServiceAddress, changes: Partial<ServiceSettings> = {}): Operation {
  return { kind: 'addService', service, settings: serviceSettings(changes) };
}

export function setService(service: ServiceAddress, changes: Partial<ServiceSettings> = {}): Operation {
  return { kind: 'setService', service, before: serviceSettings(), after: serviceSettings(changes) };
}

export function removeService(service: ServiceAddress): Operation {
  return { kind: 'removeService', service, removed: { address: service, settings: serviceSettings(), realServers: [] } };
}

/** A result in one word: `done`, `skipped`, or the code of its fault. A fault without words throws. */
export type Outcome = 'done' | 'skipped' | FaultCode;

function outcomeOf(result: OperationResult): Outcome {
  if (result.status !== 'failed') return result.status;
  if (result.fault.message.trim() === '') throw new Error(`the fault ${result.fault.code} says nothing`);
  return result.fault.code;
}

export class ContractSubject {
  readonly traits: ContractTraits;
  readonly #makeFixture: () => Promise<ContractFixture>;
  #fixture: ContractFixture | null = null;

  constructor(makeFixture: () => Promise<ContractFixture>, traits: ContractTraits) {
    this.#makeFixture = makeFixture;
    this.traits = traits;
  }

  async begin(): Promise<void> {
    this.#fixture = await this.#makeFixture();
  }

  async end(): Promise<void> {
    await this.#fixture?.dispose();
    this.#fixture = null;
  }

  get fixture(): ContractFixture {
    if (this.#fixture === null) throw new Error('no test is running');
    return this.#fixture;
  }

  get forwarder(): Forwarder {
    return this.fixture.forwarder;
  }

  realServerSettings(changes: Partial<RealServerSettings> = {}): RealServerSettings {
    return { method: this.fixture.method, weight: 1, thresholds: { upper: 0, lower: 0 }, ...changes };
  }

  add(service: ServiceAddress, endpoint: Endpoint, changes: Partial<RealServerSettings> = {}): Operation {
    return { kind: 'addRealServer', service, realServer: { endpoint, settings: this.realServerSettings(changes) } };
  }

  set(service: ServiceAddress, endpoint: Endpoint, changes: Partial<RealServerSettings> = {}): Operation {
    return { kind: 'setRealServer', service, endpoint, before: this.realServerSettings(), after: this.realServerSettings(changes) };
  }

  remove(service: ServiceAddress, endpoint: Endpoint): Operation {
    return { kind: 'removeRealServer', service, removed: { endpoint, settings: this.realServerSettings() } };
  }

  async apply(...operations: Operation[]): Promise<Outcome[]> {
    return (await this.forwarder.apply(operations, { onFailure: 'goOn' })).map(outcomeOf);
  }

  async applyOrRollBack(...operations: Operation[]): Promise<Outcome[]> {
    return (await this.forwarder.apply(operations, { onFailure: 'rollBack' })).map(outcomeOf);
  }

  /** Applies what must succeed for the test to make sense. */
  async prepare(...operations: Operation[]): Promise<void> {
    const results = await this.forwarder.apply(operations, { onFailure: 'rollBack' });
    for (const result of results) if (result.status === 'failed') throw new Error(`refused: ${result.fault.message}`);
  }

  /** Whether an operation leaves everything as it was, and what it came to. */
  async refusal(operation: Operation): Promise<{ outcome: Outcome | undefined; changed: boolean }> {
    const before = await this.table();
    const [outcome] = await this.apply(operation);
    return { outcome, changed: !same(before, await this.table()) };
  }

  async table(): Promise<ExpectedTable> {
    return expectedOf(await this.forwarder.read());
  }

  async settingsOf(service: ServiceAddress): Promise<ServiceSettings | undefined> {
    return (await this.table())[serviceKey(service)]?.settings;
  }

  async realServersOf(service: ServiceAddress): Promise<Readonly<Record<EndpointKey, RealServerSettings>> | undefined> {
    return (await this.table())[serviceKey(service)]?.realServers;
  }

  async realServer(service: ServiceAddress, endpoint: Endpoint): Promise<RealServerSettings | undefined> {
    return (await this.realServersOf(service))?.[endpointKey(endpoint)];
  }

  async sampleOf(service: ServiceAddress): Promise<ServiceSample> {
    const found = (await this.forwarder.sample()).services.find(({ key }) => key === serviceKey(service));
    if (found === undefined) throw new Error(`no sample of ${serviceKey(service)}`);
    return found;
  }

  async connect(service: ServiceAddress): Promise<ContractConnection> {
    if (this.fixture.connect === undefined) throw new Error('a fixture with traffic has `connect`');
    return this.fixture.connect(service);
  }
}

/** What `refusal` must be. */
export function refusedAs(outcome: FaultCode): { outcome: FaultCode; changed: boolean } {
  return { outcome, changed: false };
}
