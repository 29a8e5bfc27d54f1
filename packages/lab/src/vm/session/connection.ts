// One connection to a running machine: passes orders and events, and notices when the machine has ended or hangs.
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { consoleTail, reasonOf, VmError } from '../error.ts';
import { guestEventSchema, type GuestEvent } from '../wire/events.ts';
import { encodeFrame, FrameReader, type HostOrder } from '../wire/wire.ts';
import type { VmAccess } from '../machine/boot.ts';

export interface ConnectionOptions {
  readonly connectDeadlineMs?: number;
  /** How long the guest may be silent before it counts as hanging. */
  readonly silenceMs?: number;
}

type EventOf<K extends GuestEvent['kind']> = Extract<GuestEvent, { kind: K }>;
export type ProcessEvent = EventOf<'started'> | EventOf<'output'> | EventOf<'message'> | EventOf<'exit'>;

const welcomeDeadlineMs = 60_000;
const defaultSilenceMs = 90_000;
const pingsPerSilence = 5;
const removalDeadlineMs = 90_000;

interface Listener {
  readonly take: (event: ProcessEvent) => void;
  readonly lost: (reason: string) => void;
}

export class Connection {
  readonly #access: VmAccess;
  readonly #socket: Socket;
  readonly #silenceMs: number;
  readonly #reader = new FrameReader();
  readonly #listeners = new Map<number, Listener>();
  readonly #timer: NodeJS.Timeout;
  /** What waits for something; told when the machine is lost. */
  readonly #waiting = new Set<(reason: string) => Promise<void>>();
  #lost: string | null = null;
  #heardAt = performance.now();
  #nextId = 1;
  #welcome: (session: number) => void = () => undefined;

  private constructor(access: VmAccess, socket: Socket, silenceMs: number) {
    this.#access = access;
    this.#socket = socket;
    this.#silenceMs = silenceMs;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // An error says only how the connection was cut.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#lose('it ended'));
    this.#timer = setInterval(() => this.#ping(), silenceMs / pingsPerSilence);
  }

  static async open(access: VmAccess, options: ConnectionOptions = {}): Promise<{ connection: Connection; session: number }> {
    const socket = connect({ host: '127.0.0.1', port: access.port, noDelay: true });
    const connection = new Connection(access, socket, options.silenceMs ?? defaultSilenceMs);
    const welcome = new Promise<number>((resolve) => (connection.#welcome = resolve));
    connection.send({ kind: 'hello', secret: access.secret });
    try {
      const session = await connection.within(welcome, options.connectDeadlineMs ?? welcomeDeadlineMs, 'connecting');
      return { connection, session };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  send(order: HostOrder): void {
    this.#socket.write(encodeFrame(order));
  }

  /** `lost` is told why there will be no further event. */
  listen(take: Listener['take'], lost: Listener['lost'] = () => undefined): number {
    const id = this.#nextId;
    this.#nextId += 1;
    if (this.#lost === null) this.#listeners.set(id, { take, lost });
    else lost(this.#lost);
    return id;
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  /** The work's result, or an error once the machine is lost or the time is over. */
  within<T>(work: Promise<T>, deadlineMs: number, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): Promise<void> => this.#failure(`${what}${reason}`).then(reject);
      const lose = (reason: string): Promise<void> => fail(`: The virtual machine failed: ${reason}`);
      const timer = setTimeout(() => void fail(` took more than ${deadlineMs / 1000} s`), deadlineMs);
      this.#waiting.add(lose);
      if (this.#lost !== null) void lose(this.#lost);
      void work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.#waiting.delete(lose);
      });
    });
  }

  async removeNetwork(prefix: string): Promise<void> {
    const removed = new Promise<void>((resolve, reject) => {
      const id = this.listen((event) => {
        this.forget(id);
        if (event.kind === 'exit' && event.code === 0) resolve();
        else reject(new VmError(`The network ${prefix} could not be removed.`));
      });
      this.send({ kind: 'remove', id, prefix });
    });
    await this.within(removed, removalDeadlineMs, `removing the network ${prefix}`);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.destroy();
  }

  #ping(): void {
    if (performance.now() - this.#heardAt > this.#silenceMs) {
      this.#lose(`it has been silent for ${this.#silenceMs / 1000} s`);
    } else if (this.#socket.writable) {
      this.send({ kind: 'ping' });
    }
  }

  #receive(chunk: Buffer): void {
    this.#heardAt = performance.now();
    try {
      for (const value of this.#reader.push(chunk)) this.#take(guestEventSchema.parse(value));
    } catch (error) {
      this.#lose(`it said what cannot be read (${reasonOf(error)})`);
    }
  }

  #take(event: GuestEvent): void {
    if (event.kind === 'welcome') this.#welcome(event.session);
    else if (event.kind !== 'pong') this.#listeners.get(event.id)?.take(event);
  }

  #lose(reason: string): void {
    if (this.#lost !== null) return;
    this.#lost = reason;
    this.close();
    void this.#tellLost(reason);
  }

  /** Who waits for a process can say more than the process itself. */
  async #tellLost(reason: string): Promise<void> {
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    await Promise.all([...this.#waiting].map((lose) => lose(reason)));
    for (const { lost } of listeners) lost(reason);
  }

  async #failure(what: string): Promise<VmError> {
    const text = await readFile(this.#access.consoleFile, 'utf8').catch(() => '');
    return new VmError(`${what}.\n${consoleTail(text)}`);
  }
}
