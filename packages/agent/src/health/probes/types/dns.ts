// A name is asked for, of exactly this server; its answer has no error, and the record that is wanted.
import { randomInt } from 'node:crypto';
import type { ProbeOf } from '@weir/model';
import { Attempt } from '../attempt/attempt.ts';
import { shown, shownText } from '../attempt/bytes.ts';
import { Received } from '../attempt/received.ts';
import { question, readAnswer } from './dns/message.ts';
import type { DnsAnswer } from './dns/message.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { connected } from '../stream/connect.ts';
import { datagrams } from '../stream/datagrams.ts';

interface Asked {
  readonly attempt: Attempt;
  readonly probe: ProbeOf<'dns'>;
  readonly id: number;
  readonly query: Buffer;
}

function shownAnswer({ code, isCut, records }: DnsAnswer): string {
  return shownText([`${code}${isCut ? ', cut' : ''}`, ...records.map(({ type, text }) => `${type} ${text}`)].join('\n'));
}

/** Names of hosts and addresses are the same in either case; a text is not. */
function isSame(record: string, wanted: string, isText: boolean): boolean {
  return isText ? record === wanted : record.toLowerCase() === wanted.toLowerCase();
}

function judge({ attempt, probe: { answer: wanted, record } }: Asked, answer: DnsAnswer): void {
  attempt.received = () => shownAnswer(answer);
  if (answer.code !== 'NOERROR') return attempt.fail({ failure: 'wrongAnswer', detail: answer.code });
  if (wanted === null || answer.records.some(({ text }) => isSame(text, wanted, record === 'TXT'))) return attempt.good();
  attempt.fail({ failure: 'wrongAnswer', ...(answer.isCut && { detail: 'the answer is cut: ask by TCP' }) });
}

/** A late answer to another question is stepped over; what is none at all is not. */
function take(asked: Asked, message: Buffer): void {
  const answer = readAnswer(message);
  if (typeof answer === 'string') {
    asked.attempt.received = () => shown(message);
    asked.attempt.fail({ failure: 'badAnswer', detail: answer });
  } else if (answer.id === asked.id) judge(asked, answer);
  else asked.attempt.late = () => ({ failure: 'badAnswer', detail: 'it answers another question' });
}

/** In front of a message stands its length in two bytes. */
function overTcp(asked: Asked, target: ProbeTarget): void {
  const { attempt, query } = asked;
  const received = new Received();
  attempt.received = () => (received.length === 0 ? null : shown(received.bytes));
  const socket = connected(attempt, target, () => socket.write(Buffer.concat([Buffer.from([query.length >> 8, query.length & 0xff]), query])));
  socket.on('data', attempt.guard((chunk: Buffer) => {
    received.add(chunk);
    const { bytes } = received;
    if (bytes.length < 2) return;
    const end = 2 + bytes.readUInt16BE();
    if (bytes.length >= end) take(asked, Buffer.from(bytes.subarray(2, end)));
    else if (received.isCut) attempt.fail({ failure: 'tooMuchReceived' });
  }));
  socket.once('end', () => attempt.fail({ failure: 'closed' }));
}

export function probeDns(probe: ProbeOf<'dns'>, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const attempt = new Attempt(timeoutMs);
  const id = randomInt(0x1_0000);
  const asked: Asked = { attempt, probe, id, query: question(id, probe.name, probe.record) };
  attempt.sent = `${probe.record} ${probe.name}`;
  attempt.expected = probe.answer ?? 'NOERROR';
  if (probe.transport === 'tcp') overTcp(asked, target);
  else datagrams(attempt, target, { ready: (socket) => socket.send(asked.query), received: (datagram) => take(asked, datagram) });
  return attempt.answer;
}
