// One connection with the real server that serves it.
import type { Template } from './persistence/template.ts';
import type { ProxyRealServer, Served } from './real-server.ts';

/** Counts from its making until its end, with the real server and, in a persistent service, with the template. */
export class Assignment {
  readonly realServer: ProxyRealServer;
  readonly #served: Served;
  readonly #template: Template | null;
  #inactive = false;

  constructor(realServer: ProxyRealServer, served: Served, template: Template | null) {
    this.realServer = realServer;
    this.#served = served;
    this.#template = template;
    realServer.joined(served);
    template?.held();
  }

  /** From active to inactive: one side ended its half. */
  becomeInactive(): void {
    if (this.#inactive) return;
    this.#inactive = true;
    this.realServer.becameInactive();
  }

  end(): void {
    this.realServer.left(this.#served, this.#inactive);
    this.#template?.released();
  }
}
