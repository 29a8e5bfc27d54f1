// What the contract needs of a driver under test.
import type { Capabilities, Endpoint, EndpointKey, RuleMethod, ServiceAddress } from '@weir/model';
import type { Forwarder } from '../forwarder.ts';

/** A client's connection through the forwarder. */
export interface ContractConnection {
  readonly servedBy: EndpointKey;
  /** Sends something and waits for the real server's answer; rejects where the connection is broken. */
  exchange(): Promise<void>;
  close(): Promise<void>;
}

/** A client of a UDP service, with one port of its own. */
export interface ContractDatagramClient {
  /** Sends a datagram and waits for the answer: who it came from. */
  ask(): Promise<EndpointKey>;
  /** Sends a datagram. */
  tell(): Promise<void>;
  close(): void;
}

export interface ContractDatagrams {
  /** Free for a service, UDP. */
  readonly service: ServiceAddress;
  readonly endpoints: readonly [Endpoint, Endpoint];
  /** Only with `traits.traffic`. */
  readonly open: (service: ServiceAddress) => Promise<ContractDatagramClient>;
}

/** A forwarder with an empty table, and what the suite may use with it. Made anew for each test. */
export interface ContractFixture {
  readonly forwarder: Forwarder;
  /** Free for services, TCP. */
  readonly services: readonly [ServiceAddress, ServiceAddress];
  /** Where real servers are; with `connect` they answer. */
  readonly endpoints: readonly [Endpoint, Endpoint, Endpoint];
  /** How those real servers are reached. */
  readonly method: RuleMethod;
  /** Makes a connection to a service, as a client; rejects where it is refused. Only with `traits.traffic`. */
  readonly connect?: (service: ServiceAddress) => Promise<ContractConnection>;
  /** Where the driver has UDP. */
  readonly datagrams?: ContractDatagrams;
  dispose(): Promise<void>;
}

/** Known before a fixture is made, so that the suite can choose its tests. */
export interface ContractTraits {
  /** What the driver must say of itself. */
  readonly capabilities: Capabilities;
  /** Whether the fixture can make connections. */
  readonly traffic: boolean;
  /** How many generated sequences of operations are tried. */
  readonly sequences: number;
}
