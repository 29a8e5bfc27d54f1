// What a persistent service remembers of a client: the real server that it goes to.
import { Deadline } from '../deadline.ts';
import type { ProxyRealServer } from '../real-server.ts';

/**
 * Lives as long as a connection of the client does, and then as long as the service's timeout. (The kernel starts the timeout with the last
 * connection and, while connections live beyond it, looks again every 60 s: ip_vs_conn.c, ip_vs_conn_expire.)
 */
export class Template {
  readonly #deadline: Deadline;
  #realServer: ProxyRealServer;
  #connections = 0;
  #forgotten = false;

  constructor(realServer: ProxyRealServer, timeoutMs: () => number, expired: () => void) {
    this.#realServer = realServer;
    this.#deadline = new Deadline(timeoutMs, expired);
    realServer.templateAdded();
  }

  get realServer(): ProxyRealServer {
    return this.#realServer;
  }

  move(realServer: ProxyRealServer): void {
    this.#realServer.templateRemoved();
    this.#realServer = realServer;
    realServer.templateAdded();
  }

  held(): void {
    this.#connections += 1;
    this.#deadline.stop();
  }

  released(): void {
    this.#connections -= 1;
    this.#deadline.touch();
    this.watch();
  }

  /** Begins to wait for its end, or anew with another timeout. Connections that outlive it are released in vain. */
  watch(): void {
    if (this.#connections === 0 && !this.#forgotten) this.#deadline.watch();
  }

  forget(): void {
    this.#forgotten = true;
    this.#deadline.stop();
    this.#realServer.templateRemoved();
  }
}
