// A Node program that stays in one place of the guest and runs the functions of TypeScript modules there.
import path from 'node:path';
import { bundleInto } from '../bundle.ts';
import type { Connection } from './connection.ts';
import { VmError } from '../error.ts';
import { callReplySchema, type CallOrder } from '../wire/events.ts';
import { GuestProcess } from './guest-process.ts';
import { guestShare } from '../image/initramfs.ts';

/** A module's functions as the host calls them: arguments and results are copied. */
export type Remote<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: M[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Resident {
  readonly process: GuestProcess;
  readonly #connection: Connection;
  readonly #share: string;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor(connection: Connection, share: string, netns: string | null) {
    this.#connection = connection;
    this.#share = share;
    const args = [path.posix.join(guestShare, 'resident.mjs')];
    this.process = new GuestProcess(connection, { command: process.execPath, args, netns, messages: true, onMessage: (value) => this.#take(value) });
    const gone = (): void => this.#giveUp();
    this.process.exited.then(gone, gone);
  }

  async module<M>(entry: URL, callDeadlineMs: number): Promise<Remote<M>> {
    const module = path.posix.join(guestShare, await bundleInto(this.#share, entry));
    // A promise is settled with this object, which therefore must not look like one.
    const call = (name: string | symbol): unknown =>
      typeof name === 'symbol' || name === 'then' ? undefined : (...args: unknown[]) => this.#call({ module, name, args }, callDeadlineMs);
    return new Proxy({}, { get: (_, name) => call(name) }) as Remote<M>;
  }

  #call(order: Omit<CallOrder, 'call'>, deadlineMs: number): Promise<unknown> {
    this.#calls += 1;
    const call = this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      if (this.process.ended) this.#giveUp();
      else this.process.send({ ...order, call } satisfies CallOrder);
    });
    return this.#connection.within(answer, deadlineMs, `${order.name}()`).finally(() => this.#waiting.delete(call));
  }

  #take(value: unknown): void {
    const reply = callReplySchema.parse(value);
    const waiting = this.#waiting.get(reply.call);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(Object.assign(new VmError(reply.message, { cause: reply.stack }), reply.code !== null && { code: reply.code }));
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.values()) reject(new VmError(`The guest's program ended: ${this.process.stderr().trim() || 'it said nothing'}`));
    this.#waiting.clear();
  }
}
