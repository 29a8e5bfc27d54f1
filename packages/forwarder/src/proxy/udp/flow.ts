// All datagrams between one client's port and a service, as long as they keep coming: what UDP has for a connection.
import type { Connection } from '@weir/model';
import type { Assignment } from '../assignment.ts';
import type { ProxyRealServer, Served } from '../real-server.ts';
import { Path } from './path.ts';
import type { PathHost } from './path.ts';

interface FlowHost extends PathHost {
  ended(): void;
}

export class Flow implements Served {
  readonly #host: FlowHost;
  readonly #refusedBy = new Set<ProxyRealServer>();
  #assignment: Assignment | null = null;
  #path: Path | null = null;
  #counted = false;
  #over = false;

  constructor(host: FlowHost) {
    this.#host = host;
  }

  forward(datagram: Buffer): void {
    if (this.#over) return;
    this.#path ??= this.#open();
    if (this.#path === null) return;
    // Counted when scheduled, as IPVS does: no datagram says that it was accepted.
    if (!this.#counted) this.#path.count();
    this.#counted = true;
    this.#path.forward(datagram);
  }

  realServerRemoved(): void {
    this.end();
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave();
    this.#host.ended();
  }

  /** Null before its first datagram. */
  entry(): Connection | null {
    return this.#path?.entry() ?? null;
  }

  #open(): Path | null {
    const { rules, arrival } = this.#host;
    this.#assignment = rules.assign(this, arrival, this.#refusedBy);
    if (this.#assignment === null) {
      this.end();
      return null;
    }
    // ip_vs_ctl.c, __ip_vs_update_dest: everything begins inactive, and only TCP and SCTP have states that change it.
    this.#assignment.becomeInactive();
    this.#counted = false;
    return new Path(this.#host, this.#assignment.realServer, {
      timeoutMs: rules.tuning.udpTimeoutMs, expired: () => this.end(), refused: (unsent) => this.#goElsewhere(unsent),
    });
  }

  #leave(): void {
    this.#path?.end();
    this.#path = null;
    this.#assignment?.end();
    this.#assignment = null;
  }

  /** To a real server that has not refused it yet. The next datagram of one that ended here begins anew, with all of them. */
  #goElsewhere(unsent: readonly Buffer[]): void {
    if (this.#assignment !== null) this.#refusedBy.add(this.#assignment.realServer);
    this.#leave();
    if (this.#refusedBy.size < this.#host.rules.tuning.connectTries) this.#path = this.#open();
    else this.end();
    for (const datagram of unsent) this.forward(datagram);
  }
}
