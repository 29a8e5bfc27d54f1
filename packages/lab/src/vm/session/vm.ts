// A session with a running machine: what it starts in the guest ends with it, so that sessions share a machine without seeing each other.
import type { VmAccess } from '../machine/boot.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import type { NetworkDescription } from '../network/description.ts';
import { buildNetwork, type Network } from '../network/network.ts';
import { Place } from './place.ts';
import type { Uplink } from '../machine/qemu.ts';

export class Vm {
  /** The machine itself, with its own network namespace. */
  readonly machine: Place;
  /** A folder of this machine that the guest sees, to read and to write, at `guestShare`. */
  readonly share: string;
  /** The machine's network cards that a host can be given: { on: { uplink: 0 }, addresses: [vm.uplinks[0].address] }. One network at a time can have one. */
  readonly uplinks: readonly Uplink[];
  readonly #connection: Connection;
  readonly #session: number;
  #networks = 0;

  private constructor(connection: Connection, session: number, { share, uplinks }: VmAccess) {
    this.#connection = connection;
    this.#session = session;
    this.share = share;
    this.uplinks = uplinks;
    this.machine = new Place(connection, share, 'the machine', null);
  }

  static async connect(access: VmAccess, options: ConnectionOptions = {}): Promise<Vm> {
    const { connection, session } = await Connection.open(access, options);
    return new Vm(connection, session, access);
  }

  /** Builds the hosts and their network, apart from all others. */
  network(description: NetworkDescription): Promise<Network> {
    this.#networks += 1;
    const prefix = `s${this.#session}.${this.#networks}.`;
    const place = (name: string, netns: string): Place => new Place(this.#connection, this.share, name, netns);
    return buildNetwork(description, { machine: this.machine, prefix, place, remove: (ofPrefix) => this.#connection.removeNetwork(ofPrefix) });
  }

  /** Ends everything that this session started in the guest. */
  disconnect(): void {
    this.#connection.close();
  }
}
