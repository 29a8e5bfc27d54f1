// A transport that answers each message of a request as a function says.
import { MessageCursor } from '../message.ts';
import type { Message } from '../message.ts';
import type { Transport } from '../socket.ts';

/** The datagrams that answer one message of a request. An error is thrown where it would be received. */
export type Answer = (message: Message) => readonly (Buffer | Error)[];

export class ScriptedTransport implements Transport {
  /** Each datagram that was sent. */
  readonly sent: Buffer[] = [];
  closed = false;
  readonly #answer: Answer;
  readonly #queue: (Buffer | Error)[] = [];

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  send(bytes: Uint8Array): void {
    const datagram = Buffer.from(bytes);
    this.sent.push(datagram);
    const message = new MessageCursor();
    message.open(datagram);
    while (message.next()) this.#queue.push(...this.#answer(message));
  }

  receive(): Buffer | null {
    const next = this.#queue.shift() ?? null;
    if (next instanceof Error) throw next;
    return next;
  }

  close(): void {
    this.closed = true;
  }
}
