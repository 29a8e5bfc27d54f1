// Requests to the kernel and their answers. Synchronous on purpose: the kernel has answered when `send` returns.
import { ByteWriter } from './byte-writer.ts';
import { errnoName, NetlinkError } from './error.ts';
import {
  beginMessage, endMessage, errorNumber, MessageCursor, NLM_F_ACK, NLM_F_DUMP, NLM_F_DUMP_INTR, NLM_F_REQUEST, NLMSG_DONE, NLMSG_ERROR,
  NLMSG_MIN_TYPE,
} from './message.ts';
import type { Message } from './message.ts';
import type { Transport } from './socket.ts';

export interface Request {
  /** In words, for errors: `add`, `service tcp 10.0.0.1:80`. */
  readonly operation: string;
  readonly object: string;
  readonly type: number;
  readonly flags?: number;
  write(writer: ByteWriter): void;
}

export interface Waiting {
  nowMs(): number;
  /** Blocks: an answer that is not there yet is the exception. */
  pause(ms: number): void;
}

export interface ConnectionOptions {
  /** For one request with all of its answers. */
  readonly deadlineMs: number;
  /** How long nothing may come while an answer is waited for, and the whole process with it. */
  readonly silenceMs: number;
  readonly waiting: Waiting;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

const defaults: ConnectionOptions = {
  deadlineMs: 5_000,
  silenceMs: 500,
  waiting: {
    nowMs: () => performance.now(),
    pause: (ms) => void Atomics.wait(sleeper, 0, 0, ms),
  },
};

/** A table that changes all the time is given up after so many readings. */
const MOST_READINGS = 5;
/** More answers than that can be queued for one `send` only with a larger receive buffer, and then their loss leaves nobody knowing what happened. */
export const MOST_IN_BATCH = 200;
const MOST_BYTES_IN_BATCH = 128 * 1_024;

/** Null, or the errno's name with which the kernel refused. */
export type Refusal = string | null;

type WriteBody<T> = (writer: ByteWriter, body: T) => void;

interface Batch<T> {
  readonly type: number;
  readonly bodies: readonly T[];
  readonly write: WriteBody<T>;
  readonly refusals: Refusal[];
}

export class Connection {
  readonly #open: () => Transport;
  readonly #options: ConnectionOptions;
  readonly #writer = new ByteWriter();
  #transport: Transport | null = null;
  #closed = false;
  #sequence = 0;
  /** The last one thrown. */
  #refusal: NetlinkError | null = null;
  /** Whether the table changed while the last request was answered. */
  #interrupted = false;

  /** `open` is called again after an answer was lost: what is late then goes to a socket that is gone. */
  constructor(open: () => Transport, options: Partial<ConnectionOptions> = {}) {
    this.#open = open;
    this.#options = { ...defaults, ...options };
  }

  /** Sends one request and gives its answers, read as they come. A refusal throws. */
  request<T>(request: Request, read: (message: Message) => T): T[] {
    return this.#lost(() => {
      const sequence = this.#send(request, NLM_F_REQUEST | NLM_F_ACK | (request.flags ?? 0));
      const answers: T[] = [];
      this.#takeAnswers(request, sequence, (message) => answers.push(read(message)));
      return answers;
    });
  }

  /** A request that is only done or refused. */
  run(request: Request): void {
    this.request(request, () => null);
  }

  /** Reads a table. Where it changed in the meantime, or answers were lost, it is read again, up to a bound. */
  dump<T>(request: Request, read: (message: Message, place: number) => T): T[] {
    for (let reading = 1; ; reading += 1) {
      const rows = this.#dumpOnce(request, read);
      if (rows !== null) return rows;
      if (reading === MOST_READINGS) {
        throw new NetlinkError(request.operation, request.object, { reason: `changed during each of ${MOST_READINGS} readings` });
      }
    }
  }

  /**
   * Sends many requests of one type at once, and gives for each whether the kernel took it. A refusal stops none of those after it.
   * Throws where answers were lost: then nobody knows, and the caller reads what is there.
   */
  batch<T>(type: number, bodies: readonly T[], write: WriteBody<T>): Refusal[] {
    const batch: Batch<T> = { type, bodies, write, refusals: Array.from(bodies, () => null) };
    for (let first = 0; first < bodies.length;) first = this.#lost(() => this.#sendSome(batch, first));
    return batch.refusals;
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #dumpOnce<T>(request: Request, read: (message: Message, place: number) => T): T[] | null {
    try {
      return this.#lost(() => {
        const sequence = this.#send(request, NLM_F_REQUEST | NLM_F_DUMP | (request.flags ?? 0));
        const rows: T[] = [];
        this.#takeAnswers(request, sequence, (message) => rows.push(read(message, rows.length)));
        return this.#interrupted ? null : rows;
      });
    } catch (error) {
      if (error instanceof NetlinkError && (error.errno === 'ENOBUFS' || error.errno === 'EINTR')) return null;
      throw error;
    }
  }

  #sendSome<T>({ type, bodies, write, refusals }: Batch<T>, first: number): number {
    const writer = this.#writer;
    writer.clear();
    const sequenceOfFirst = this.#sequence + 1 >>> 0;
    let next = first;
    let last = 0;
    for (const body of bodies.slice(first, first + MOST_IN_BATCH)) {
      last = this.#begin(type, NLM_F_REQUEST);
      write(writer, body);
      endMessage(writer, last);
      next += 1;
      if (writer.length >= MOST_BYTES_IN_BATCH) break;
    }
    // Errors come back unasked; that the last one is done or refused says that all are. Flags stand 6 bytes into the header.
    writer.patch16(last + 6, NLM_F_REQUEST | NLM_F_ACK);
    const transport = this.#connected();
    transport.send(writer.written);
    const object = `${next - first} requests`;
    const deadlineMs = this.#options.waiting.nowMs() + this.#options.deadlineMs;
    const message = new MessageCursor();
    for (;;) {
      message.open(this.#receive(transport, 'batch', object, deadlineMs));
      while (message.next()) {
        const index = first + (message.sequence - sequenceOfFirst >>> 0);
        if (message.type !== NLMSG_ERROR || index >= next) continue;
        const number = errorNumber(message);
        refusals[index] = number === 0 ? null : errnoName(number);
        if (index === next - 1) return next;
      }
    }
  }

  #send(request: Request, flags: number): number {
    this.#writer.clear();
    const at = this.#begin(request.type, flags);
    request.write(this.#writer);
    endMessage(this.#writer, at);
    this.#connected().send(this.#writer.written);
    return this.#sequence;
  }

  /** Gives where the message begins. */
  #begin(type: number, flags: number): number {
    this.#sequence = this.#sequence + 1 >>> 0;
    return beginMessage(this.#writer, type, flags, this.#sequence);
  }

  /** Until the request is acknowledged, refused (that throws) or its dump is done. Answers to others are stepped over. */
  #takeAnswers({ operation, object }: Request, sequence: number, take: (message: Message) => void): void {
    const transport = this.#connected();
    const deadlineMs = this.#options.waiting.nowMs() + this.#options.deadlineMs;
    const message = new MessageCursor();
    this.#interrupted = false;
    for (;;) {
      message.open(this.#receive(transport, operation, object, deadlineMs));
      while (message.next()) {
        if (message.sequence !== sequence) continue;
        // Where all that was left is gone by now, only the end says so (af_netlink.c, netlink_dump_done).
        this.#interrupted ||= (message.flags & NLM_F_DUMP_INTR) !== 0;
        if (message.type === NLMSG_ERROR || message.type === NLMSG_DONE) {
          const number = errorNumber(message);
          if (number === 0) return;
          this.#refusal = new NetlinkError(operation, object, { errno: errnoName(number) });
          throw this.#refusal;
        }
        if (message.type >= NLMSG_MIN_TYPE) take(message);
      }
    }
  }

  #receive(transport: Transport, operation: string, object: string, deadlineMs: number): Buffer {
    const { waiting, silenceMs } = this.#options;
    let endMs = deadlineMs;
    for (let looks = 0; ; looks += 1) {
      const datagram = transport.receive();
      const nowMs = waiting.nowMs();
      if (datagram !== null && nowMs <= deadlineMs) return datagram;
      if (looks === 0) endMs = Math.min(deadlineMs, nowMs + silenceMs);
      if (nowMs > endMs) throw new NetlinkError(operation, object, { errno: 'ETIMEDOUT' });
      waiting.pause(1);
    }
  }

  #connected(): Transport {
    if (this.#closed) throw new NetlinkError('send', 'netlink connection', { errno: 'EBADF' });
    this.#transport ??= this.#open();
    return this.#transport;
  }

  #drop(): void {
    this.#transport?.close();
    this.#transport = null;
  }

  /** A refusal leaves the socket in order; whatever else goes wrong may leave answers in it that nobody waits for. */
  #lost<T>(exchange: () => T): T {
    try {
      return exchange();
    } catch (error) {
      if (error !== this.#refusal) this.#drop();
      throw error;
    }
  }
}
