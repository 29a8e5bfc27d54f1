// Runs in the guest on a client: asks a service many times, and says who answered and what failed.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';

export interface AskOrder {
  readonly address: string;
  readonly port: number;
  readonly count: number;
  /** Requests under way at a time; default 1. */
  readonly concurrency?: number;
  /** For each request. */
  readonly deadlineMs?: number;
  readonly localAddress?: string;
}

export interface Answers {
  /** Who answered, in the order of the requests; null where none did. */
  readonly order: readonly (string | null)[];
  /** Why requests failed, with how many did so. */
  readonly failures: Readonly<Record<string, number>>;
}

type Ask = (order: AskOrder) => Promise<string>;

const defaultDeadlineMs = 30_000;
/** The sample servers' first line. */
const nameInAnswer = /^real server (\S+),/m;

/** One connection with one request on it, each time. */
export function askHttp(order: AskOrder): Promise<Answers> {
  return askMany(order, httpAnswer);
}

/** One datagram from a socket of its own, each time. */
export function askUdp(order: AskOrder): Promise<Answers> {
  return askMany(order, datagramAnswer);
}

/** One connection, opened and closed, each time. */
export function askTcp(order: AskOrder): Promise<Answers> {
  return askMany(order, async (one) => nameIn(await conversation(one, (socket) => socket.once('data', () => socket.end()))));
}

const held = new Map<number, Socket>();

/** Opens a connection to a sample TCP echo server and keeps it; returns its number and who answered. */
export async function hold(order: Omit<AskOrder, 'count'>): Promise<{ held: number; server: string }> {
  const socket = await opened({ ...order, count: 1 });
  const [greeting] = (await within(once(socket, 'data'), order.deadlineMs)) as [Buffer];
  const number = held.size + 1;
  held.set(number, socket);
  socket.on('error', () => undefined);
  return { held: number, server: nameIn(greeting.toString()) };
}

/** Sends a line on a held connection and returns what comes back. */
export async function say(number: number, line: string, deadlineMs: number = defaultDeadlineMs): Promise<string> {
  const socket = held.get(number);
  if (socket === undefined) throw new Error(`no held connection ${number}`);
  socket.write(line);
  const [echo] = (await within(once(socket, 'data'), deadlineMs)) as [Buffer];
  return echo.toString();
}

export function letGo(number: number): void {
  held.get(number)?.destroy();
}

async function askMany(order: AskOrder, ask: Ask): Promise<Answers> {
  const answers: (string | null)[] = [];
  const failures: Record<string, number> = {};
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < order.count; index = next++) {
      answers[index] = await ask(order).catch((error: NodeJS.ErrnoException) => {
        const reason = error.code ?? error.message;
        failures[reason] = (failures[reason] ?? 0) + 1;
        return null;
      });
    }
  };
  await Promise.all(Array.from({ length: order.concurrency ?? 1 }, worker));
  return { order: answers, failures };
}

async function httpAnswer(order: AskOrder): Promise<string> {
  return nameIn(await conversation(order, (socket) => socket.write('GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n')));
}

/** All that the server says until it ends the connection. */
async function conversation(order: AskOrder, begin: (socket: Socket) => unknown): Promise<string> {
  const socket = await opened(order);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  begin(socket);
  await within(once(socket, 'end'), order.deadlineMs).finally(() => socket.destroySoon());
  return text;
}

async function opened({ address, port, localAddress, deadlineMs }: AskOrder): Promise<Socket> {
  const socket = connect({ host: address, port, noDelay: true, ...(localAddress !== undefined && { localAddress }) });
  await within(once(socket, 'connect'), deadlineMs).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  return socket;
}

async function datagramAnswer({ address, port, localAddress, deadlineMs }: AskOrder): Promise<string> {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  try {
    socket.bind(0, localAddress);
    await once(socket, 'listening');
    // Connected: an ICMP error becomes an error of the socket.
    socket.connect(port, address);
    await within(once(socket, 'connect'), deadlineMs);
    socket.send('who are you');
    const [answer] = (await within(once(socket, 'message'), deadlineMs)) as [Buffer];
    return nameIn(answer.toString());
  } finally {
    socket.close();
  }
}

function nameIn(text: string): string {
  const name = nameInAnswer.exec(text)?.[1];
  if (name === undefined) throw new Error('an answer without a name');
  return name;
}

async function within<T>(work: Promise<T>, deadlineMs: number = defaultDeadlineMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
