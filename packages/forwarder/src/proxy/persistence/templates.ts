// The templates of one service.
import type { IpAddress, Persistence } from '@weir/model';
import type { Bound } from '../admission/bound.ts';
import type { ProxyRealServer } from '../real-server.ts';
import { networkOf } from '../admission/network.ts';
import { Template } from './template.ts';

export class Templates {
  readonly #bound: Bound;
  readonly #byNetwork = new Map<string, Template>();
  #persistence: Persistence | null;

  constructor(bound: Bound, persistence: Persistence | null) {
    this.#bound = bound;
    this.#persistence = persistence;
  }

  get kept(): boolean {
    return this.#persistence !== null;
  }

  /** With another netmask no template is found any more; with another timeout each waits that long. */
  set(persistence: Persistence | null): void {
    const before = this.#persistence;
    this.#persistence = persistence;
    if (persistence?.prefixLength !== before?.prefixLength) this.clear();
    else if (persistence?.timeoutSeconds !== before?.timeoutSeconds) for (const template of this.#byNetwork.values()) template.watch();
  }

  of(cip: IpAddress): Template | null {
    if (this.#persistence === null) return null;
    return this.#byNetwork.get(networkOf(cip, this.#persistence.prefixLength)) ?? null;
  }

  /** Sends the client to that real server from now on; null where there are as many templates as may be. */
  give(cip: IpAddress, realServer: ProxyRealServer): Template | null {
    const present = this.of(cip);
    present?.move(realServer);
    return present ?? this.#add(cip, realServer);
  }

  /** The real server is gone. */
  forget(realServer: ProxyRealServer): void {
    for (const [network, template] of this.#byNetwork) if (template.realServer === realServer) this.#remove(network, template);
  }

  clear(): void {
    for (const [network, template] of this.#byNetwork) this.#remove(network, template);
  }

  #add(cip: IpAddress, realServer: ProxyRealServer): Template | null {
    const { prefixLength } = this.#persistence ?? {};
    if (prefixLength === undefined || !this.#bound.take()) return null;
    const network = networkOf(cip, prefixLength);
    const template: Template = new Template(realServer, () => (this.#persistence?.timeoutSeconds ?? 0) * 1_000, () => this.#remove(network, template));
    this.#byNetwork.set(network, template);
    return template;
  }

  #remove(network: string, template: Template): void {
    this.#byNetwork.delete(network);
    template.forget();
    this.#bound.give();
  }
}
