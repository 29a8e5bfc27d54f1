// A process in the guest, as the host holds it: its output, its end, and the ways to speak to it.
import type { Connection, ProcessEvent } from './connection.ts';
import { VmError } from '../error.ts';

export interface GuestExit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface SpawnOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes of output after which the process is ended. */
  readonly maxOutputBytes?: number;
}

export interface ProcessOrder extends SpawnOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly netns: string | null;
  readonly messages?: boolean;
  /** Output that is not to be kept. */
  readonly onStdout?: (data: Uint8Array) => void;
  readonly onMessage?: (value: unknown) => void;
}

const defaultMaxOutputBytes = 16 * 1024 * 1024;

export class GuestProcess {
  /** The command, for messages. */
  readonly what: string;
  readonly exited: Promise<GuestExit>;
  readonly #connection: Connection;
  readonly #order: ProcessOrder;
  readonly #id: number;
  readonly #kept: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  readonly #watchers = new Set<() => void>();
  #keptBytes = 0;
  #pid = 0;
  #exit: GuestExit | null = null;
  #settle: { resolve: (exit: GuestExit) => void; reject: (error: VmError) => void } = { resolve: () => undefined, reject: () => undefined };

  constructor(connection: Connection, order: ProcessOrder) {
    this.what = [order.command, ...order.args].join(' ').slice(0, 200);
    this.#connection = connection;
    this.#order = order;
    this.exited = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.exited.catch(() => undefined);
    this.#id = connection.listen((event) => this.#take(event), (reason) => this.#settle.reject(new VmError(`${this.what}: The virtual machine failed: ${reason}.`)));
    const { command, args, netns, env = {}, messages = false } = order;
    connection.send({ kind: 'spawn', id: this.#id, command, args, netns, env, messages });
  }

  /** In the guest; 0 until it has started. */
  get pid(): number {
    return this.#pid;
  }

  get ended(): boolean {
    return this.#exit !== null;
  }

  stdout(): string {
    return Buffer.concat(this.#kept.stdout).toString();
  }

  stderr(): string {
    return Buffer.concat(this.#kept.stderr).toString();
  }

  write(data: Uint8Array | string): void {
    this.#connection.send({ kind: 'input', id: this.#id, data: typeof data === 'string' ? Buffer.from(data) : data });
  }

  endInput(): void {
    this.#connection.send({ kind: 'input', id: this.#id, data: null });
  }

  send(value: unknown): void {
    this.#connection.send({ kind: 'message', id: this.#id, value });
  }

  /** To the process and all that it started. */
  signal(signal: NodeJS.Signals): void {
    this.#connection.send({ kind: 'signal', id: this.#id, signal });
  }

  async end(deadlineMs = 60_000): Promise<GuestExit> {
    if (this.#exit !== null) return this.#exit;
    this.signal('SIGTERM');
    return this.#connection.within(this.exited, deadlineMs, `ending ${this.what}`);
  }

  /** Waits until it has said something that fits; fails at once when it ends before that. */
  async says(pattern: RegExp, deadlineMs = 60_000): Promise<void> {
    const said = new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(this.stdout()) || pattern.test(this.stderr())) resolve();
        else if (this.#exit !== null) reject(new VmError(`${this.what} ended before it said ${String(pattern)}: ${this.stderr()}`));
        else return;
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
      look();
    });
    await this.#connection.within(said, deadlineMs, `waiting until ${this.what} says ${String(pattern)}`);
  }

  #take(event: ProcessEvent): void {
    if (event.kind === 'started') this.#pid = event.pid;
    else if (event.kind === 'message') this.#order.onMessage?.(event.value);
    else if (event.kind === 'output') this.#collect(event.stream, event.data);
    else this.#ended(event);
    for (const watch of this.#watchers) watch();
  }

  #collect(stream: 'stdout' | 'stderr', data: Uint8Array): void {
    if (stream === 'stdout' && this.#order.onStdout) {
      this.#order.onStdout(data);
      return;
    }
    this.#keptBytes += data.length;
    this.#kept[stream].push(data);
    const most = this.#order.maxOutputBytes ?? defaultMaxOutputBytes;
    if (this.#keptBytes <= most) return;
    this.signal('SIGKILL');
    this.#settle.reject(new VmError(`${this.what} was ended: it said more than ${most} bytes.`));
  }

  #ended({ code, signal, failure }: ProcessEvent & { kind: 'exit' }): void {
    this.#exit = { code, signal };
    this.#connection.forget(this.#id);
    if (failure === null) this.#settle.resolve({ code, signal });
    else this.#settle.reject(new VmError(`${this.what} cannot be started in the guest: ${failure}`));
  }
}
