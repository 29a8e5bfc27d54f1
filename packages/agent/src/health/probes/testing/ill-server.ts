// Servers that are ill in every way that a probe must survive, around one that answers well.
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export const forms = ['good', 'wrong', 'slow', 'dripping', 'hanging', 'reset', 'closing', 'garbage', 'flooding'] as const;
export type Form = (typeof forms)[number];

export interface Talk {
  /** Null: it greets without being asked. */
  readonly asked: ((received: Buffer) => boolean) | null;
  readonly good: (asked: Buffer) => Buffer;
  readonly wrong: (asked: Buffer) => Buffer;
  /** An endless answer, as its protocol has it: a beginning, and what follows again and again. */
  readonly flood: { readonly begin: Buffer; readonly again: Buffer };
  /** Whether the server ends the connection after its answer. */
  readonly ends: boolean;
}

export const DRIP_MS = 40;
export const SLOW_MS = 150;
const GARBAGE = Buffer.from('\u0000\u0001garbage \xff\xfe\r\n\r\n'.repeat(4), 'latin1');

/** One byte at a time, and never all of them. */
function drip(socket: Socket, bytes: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(bytes.subarray(at, at + 1));
    at += 1;
    if (at >= Math.min(bytes.length - 1, 2_000)) clearInterval(timer);
  }, DRIP_MS);
  socket.once('close', () => clearInterval(timer));
}

function flood(socket: Socket, { begin, again }: Talk['flood']): void {
  socket.write(begin);
  const more = (): void => {
    if (!socket.destroyed) socket.write(again, (error) => void (error == null && setImmediate(more)));
  };
  more();
}

function answer(socket: Socket, form: Form, talk: Talk, asked: Buffer): void {
  const say = (bytes: Buffer): void => void (talk.ends ? socket.end(bytes) : socket.write(bytes));
  switch (form) {
    case 'good': return say(talk.good(asked));
    case 'wrong': return say(talk.wrong(asked));
    case 'slow': {
      const timer = setTimeout(() => say(talk.good(asked)), SLOW_MS);
      socket.once('close', () => clearTimeout(timer));
      return;
    }
    case 'dripping': return drip(socket, Buffer.concat([talk.flood.begin, Buffer.alloc(1_000, talk.flood.again)]));
    case 'hanging': return;
    case 'reset': socket.resetAndDestroy(); return;
    case 'closing': socket.end(); return;
    case 'garbage': return say(GARBAGE);
    case 'flooding': return flood(socket, talk.flood);
  }
}

/** What the server says once it has been asked; the first of what came is looked at as it grows. */
export function speak(socket: Socket, form: Form, talk: Talk): void {
  socket.on('error', () => socket.destroy());
  if (talk.asked === null) return answer(socket, form, talk, Buffer.alloc(0));
  let received = Buffer.alloc(0);
  let isAsked = false;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (isAsked || talk.asked?.(received) !== true) return;
    isAsked = true;
    answer(socket, form, talk, received);
  });
}

export interface At {
  readonly rip: string;
  readonly port: number;
}

/** Listens until the test is over. Gives how many connections are open. */
export async function listening(server: Server, address = '127.0.0.1'): Promise<At & { readonly open: () => number }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, address, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { rip: address, port: (server.address() as AddressInfo).port, open: () => sockets.size };
}

export function illServer(form: Form, talk: Talk): ReturnType<typeof listening> {
  return listening(createServer((socket) => speak(socket, form, talk)));
}
