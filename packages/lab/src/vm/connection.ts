// One connection to a running machine: passes orders and events, and notices when the machine has ended or hangs.
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { consoleTail, reasonOf, VmError } from './error.ts';
import { guestEventSchema, type GuestEvent } from './events.ts';
import { encodeFrame, FrameReader, type HostOrder } from './wire.ts';
import type { VmAccess } from './boot.ts';

export interface ConnectionOptions {
  readonly connectDeadlineMs?: number;
  /** How long the guest may be silent before it counts as hanging. */
  readonly silenceMs?: number;
}

type EventOf<K extends GuestEvent['kind']> = Extract<GuestEvent, { kind: K }>;
export type ProcessEvent = EventOf<'started'> | EventOf<'output'> | EventOf<'message'> | EventOf<'exit'>;

const welcomeDeadlineMs = 30_000;
const defaultSilenceMs = 45_000;
const pingsPerSilence = 5;
const removalDeadlineMs = 30_000;

export class Connection {
  readonly #access: VmAccess;
  readonly #socket: Socket;
  readonly #silenceMs: number;
  readonly #reader = new FrameReader();
  readonly #listeners = new Map<number, (event: ProcessEvent) => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #lost: Promise<VmError>;
  #lose: (reason: string) => void = () => undefined;
  #heardAt = performance.now();
  #nextId = 1;
  #welcome: (session: number) => void = () => undefined;

  private constructor(access: VmAccess, socket: Socket, silenceMs: number) {
    this.#access = access;
    this.#socket = socket;
    this.#silenceMs = silenceMs;
    this.#lost = new Promise<string>((resolve) => (this.#lose = resolve)).then((reason) => this.#failure(reason));
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#lose(`its connection failed (${error.message})`));
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

  listen(listener: (event: ProcessEvent) => void): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#listeners.set(id, listener);
    return id;
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  /** The work's result, or an error once the machine is lost or the time is over. */
  async within<T>(work: Promise<T>, deadlineMs: number, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => void this.#failure(`${what} took more than ${deadlineMs / 1000} s`).then(reject), deadlineMs);
    });
    const lost = this.#lost.then((error) => {
      throw new VmError(`${what}: ${error.message}`, { cause: error });
    });
    try {
      return await Promise.race([work, late, lost]);
    } finally {
      clearTimeout(timer);
      late.catch(() => undefined);
      lost.catch(() => undefined);
    }
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
      this.close();
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
      this.close();
    }
  }

  #take(event: GuestEvent): void {
    if (event.kind === 'welcome') this.#welcome(event.session);
    else if (event.kind !== 'pong') this.#listeners.get(event.id)?.(event);
  }

  async #failure(reason: string): Promise<VmError> {
    clearInterval(this.#timer);
    const text = await readFile(this.#access.consoleFile, 'utf8').catch(() => '');
    return new VmError(`The virtual machine failed: ${reason}.\n${consoleTail(text)}`);
  }
}
