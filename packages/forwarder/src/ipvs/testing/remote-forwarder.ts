// The driver in the guest, as its users see it.
import type { Place, Remote } from '@weir/lab/vm';
import type { ActualService, ActualTable, Capabilities, ConnectionChoice, ConnectionList, KernelState, Operation, OperationResult, Sample, ServiceAddress } from '@weir/model';
import { ForwarderError } from '../../forwarder.ts';
import type { ApplyOptions, Forwarder } from '../../forwarder.ts';

type GuestModule = Remote<typeof import('./forwarder.guest.ts')>;

export class RemoteForwarder implements Forwarder {
  capabilities: Capabilities;
  closed = false;
  readonly #guest: GuestModule;
  readonly #number: number;

  private constructor(guest: GuestModule, number: number, capabilities: Capabilities) {
    this.#guest = guest;
    this.#number = number;
    this.capabilities = capabilities;
  }

  static async open(director: Place): Promise<RemoteForwarder> {
    const guest = await director.use<typeof import('./forwarder.guest.ts')>(new URL('./forwarder.guest.ts', import.meta.url));
    const { number, capabilities } = await called('open', guest.open());
    return new RemoteForwarder(guest, number, capabilities);
  }

  async read(): Promise<ActualTable> {
    const { table, capabilities } = await called('read', this.#guest.read(this.#number));
    this.capabilities = capabilities;
    return table;
  }

  service(address: ServiceAddress): Promise<ActualService | null> {
    return called('service', this.#guest.serviceAt(this.#number, address));
  }

  apply(operations: readonly Operation[], { onFailure }: ApplyOptions): Promise<readonly OperationResult[]> {
    return called('apply', this.#guest.apply(this.#number, operations, onFailure));
  }

  /** Its time is brought to this side's clock. */
  async sample(): Promise<Sample> {
    const { sample, nowMs } = await called('sample', this.#guest.sample(this.#number));
    return { ...sample, measuredAtMs: Math.floor(sample.measuredAtMs - nowMs + Date.now()) };
  }

  connections(limit: number, choice?: ConnectionChoice): Promise<ConnectionList> {
    return called('connections', this.#guest.connections(this.#number, limit, choice));
  }

  kernel(): Promise<KernelState> {
    return called('kernel', this.#guest.kernel(this.#number));
  }

  zero(service: ServiceAddress | null): Promise<void> {
    return called('zero', this.#guest.zero(this.#number, service));
  }

  /** All that is in its network. */
  clear(): Promise<void> {
    return this.#guest.clear();
  }

  close(): Promise<void> {
    this.closed = true;
    return called('close', this.#guest.close(this.#number));
  }
}

/** Errors arrive without their class; only those that the driver threw are its own. */
async function called<T>(operation: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(`${operation}: `)) {
      throw new ForwarderError(operation, error.message.slice(operation.length + 2), { cause: error });
    }
    throw error;
  }
}
