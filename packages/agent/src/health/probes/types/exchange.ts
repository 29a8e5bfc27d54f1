// Something is sent, or a greeting waited for, and what comes back is looked into. Over TCP and UDP.
import type { Socket } from 'node:net';
import type { ProbeOf } from '@weir/model';
import { Attempt } from '../attempt/attempt.ts';
import type { Failure } from '../attempt/attempt.ts';
import { bytesOf, shown } from '../attempt/bytes.ts';
import { Received } from '../attempt/received.ts';
import { expectationOf } from '../expected/expectation.ts';
import { Looking } from '../expected/looking.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { connected } from '../stream/connect.ts';
import { datagrams } from '../stream/datagrams.ts';

interface Exchange {
  readonly attempt: Attempt;
  readonly received: Received;
  /** Null: any answer is good. */
  readonly looking: Looking | null;
  readonly send: Buffer | null;
}

function begin({ send, expect }: ProbeOf<'exchange'>, timeoutMs: number): Exchange {
  const attempt = new Attempt(timeoutMs);
  const received = new Received();
  const bytes = send === null ? null : bytesOf(send);
  const expectation = expect === null ? null : expectationOf(expect);
  attempt.sent = bytes === null ? null : shown(bytes);
  attempt.expected = expectation?.shown ?? null;
  attempt.received = () => (received.length === 0 ? null : shown(received.bytes));
  return { attempt, received, send: bytes, looking: expectation === null ? null : new Looking(attempt, received, expectation) };
}

function take({ attempt, received, looking }: Exchange, chunk: Buffer): void {
  const hasRoom = received.add(chunk);
  if (looking === null) attempt.good();
  else if (hasRoom) looking.soon();
  else looking.lastly({ failure: 'tooMuchReceived' });
}

/** What is said at the end of the time: one that said something else and waits is no dripping one. */
function late(socket: Socket, received: Received, timeoutMs: number): Failure {
  if (socket.connecting) return { failure: 'timeout' };
  if (received.length === 0) return { failure: 'nothingReceived' };
  return { failure: received.drips(performance.now() - timeoutMs / 3) ? 'dripping' : 'wrongAnswer' };
}

function overTcp(exchange: Exchange, target: ProbeTarget, timeoutMs: number): void {
  const { attempt, received, looking, send } = exchange;
  const socket = connected(attempt, target, () => {
    if (send !== null) socket.write(send);
  });
  attempt.late = () => late(socket, received, timeoutMs);
  socket.on('data', attempt.guard((chunk: Buffer) => take(exchange, chunk)));
  socket.once('end', attempt.guard(() => {
    if (looking === null || received.length === 0) attempt.fail({ failure: 'closed' });
    else looking.lastly({ failure: 'wrongAnswer' });
  }));
}

function overUdp(exchange: Exchange, target: ProbeTarget, waitsForNothing: boolean): void {
  const { attempt, received, send } = exchange;
  // A service may answer nothing to what it does not know.
  attempt.late = () => ({ failure: received.length > 0 ? 'wrongAnswer' : waitsForNothing ? 'nothingReceived' : 'timeout' });
  datagrams(attempt, target, {
    ready: (socket) => socket.send(send ?? Buffer.alloc(0)),
    received: (datagram) => take(exchange, datagram),
  });
}

export function probeExchange(probe: ProbeOf<'exchange'>, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const exchange = begin(probe, timeoutMs);
  if (probe.transport === 'tcp') overTcp(exchange, target, timeoutMs);
  else overUdp(exchange, target, probe.expect === null);
  return exchange.attempt.answer;
}
