import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Connection, MOST_IN_BATCH } from './connection.ts';
import type { Refusal, Request } from './connection.ts';
import { NetlinkError } from './error.ts';
import { NLM_F_ACK } from './message.ts';
import type { Message } from './message.ts';
import { acknowledgement, done, hex, reply } from './testing/messages.ts';
import { ScriptedTransport } from './testing/scripted-transport.ts';
import type { Answer } from './testing/scripted-transport.ts';

const TYPE = 0x20;
const INTERRUPTED = 0x10;

function ask(object = 'thing', value = 1): Request {
  return { operation: 'ask', object, type: TYPE, write: (writer) => writer.u32(value) };
}

function batch(connection: Connection, values: readonly number[]): Refusal[] {
  return connection.batch(TYPE, values, (writer, value) => writer.u32(value));
}

interface Bench {
  readonly connection: Connection;
  readonly opened: ScriptedTransport[];
}

/** Its clock goes on by one for each look at it. */
function bench(answer: Answer, deadlineMs = 50): Bench {
  const opened: ScriptedTransport[] = [];
  let nowMs = 0;
  const connection = new Connection(() => {
    const transport = new ScriptedTransport(answer);
    opened.push(transport);
    return transport;
  }, { deadlineMs, waiting: { nowMs: () => { nowMs += 1; return nowMs; }, pause: (ms) => { nowMs += ms; } } });
  return { connection, opened };
}

const word = ({ bytes, start }: { bytes: Buffer; start: number }): number => bytes.readUInt32LE(start);

function body(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function errnoOf(run: () => unknown): string | null | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof NetlinkError) return error.errno;
    throw error;
  }
  return undefined;
}

test('gives the answers of a request, and steps over those to others', () => {
  const { connection, opened } = bench(({ sequence }) => [
    reply(TYPE, sequence - 1, body(9)), Buffer.concat([reply(TYPE, sequence, body(1)), reply(TYPE, sequence, body(2))]), acknowledgement(sequence),
  ]);
  expect(connection.request(ask(), word)).toEqual([1, 2]);
  expect(connection.request(ask(), word)).toEqual([1, 2]);
  expect(opened[0]?.sent).toEqual([hex('14000000 2000 0500 01000000 00000000 01000000'), hex('14000000 2000 0500 02000000 00000000 01000000')]);
});

test('throws a refusal with what was asked, and keeps the socket', () => {
  const { connection, opened } = bench(({ sequence }) => [acknowledgement(sequence, 3)]);
  expect(() => connection.run(ask('service 7'))).toThrow(new NetlinkError('ask', 'service 7', { errno: 'ESRCH' }));
  expect(errnoOf(() => connection.run(ask()))).toBe('ESRCH');
  expect(opened).toHaveLength(1);
});

test('ends a request that nobody answers, and asks the next one on a new socket', () => {
  let silent = true;
  const { connection, opened } = bench(({ sequence }) => (silent ? [] : [acknowledgement(sequence)]));
  expect(errnoOf(() => connection.run(ask()))).toBe('ETIMEDOUT');
  silent = false;
  connection.run(ask());
  expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
});

test('gives a silent kernel up long before the deadline of all its answers', () => {
  let nowMs = 0;
  const connection = new Connection(() => new ScriptedTransport(() => []), {
    deadlineMs: 5_000, silenceMs: 100, waiting: { nowMs: () => nowMs, pause: (ms) => { nowMs += ms; } },
  });
  expect(errnoOf(() => connection.batch(TYPE, [1, 2], (writer, value) => writer.u32(value)))).toBe('ETIMEDOUT');
  expect(nowMs).toBe(101);
});

test('waits for answers that come one by one for longer than any silence', () => {
  let nowMs = 0;
  const pauses: Buffer[] = [];
  const transport = new ScriptedTransport(({ sequence }) => {
    pauses.push(...[1, 2, 3].map((value) => reply(TYPE, sequence, body(value), 2)), done(sequence));
    return [];
  });
  // Each comes after most of the silence that is allowed.
  const receive = (): Buffer | null => (nowMs % 91 === 90 ? pauses.shift() ?? null : null);
  const connection = new Connection(() => ({ send: (bytes) => transport.send(bytes), receive, close: () => undefined }), {
    deadlineMs: 5_000, silenceMs: 100, waiting: { nowMs: () => nowMs, pause: (ms) => { nowMs += ms; } },
  });
  const read = (message: Message): number => {
    nowMs += 1;
    return word(message);
  };
  expect(connection.dump(ask(), read)).toEqual([1, 2, 3]);
  expect(nowMs).toBeGreaterThan(300);
});

const endless: Answer = ({ sequence }) => Array.from({ length: 1_000 }, () => reply(TYPE, sequence, body(1)));

test('ends a request whose answers never end', () => {
  expect(errnoOf(() => bench(endless).connection.request(ask(), word))).toBe('ETIMEDOUT');
});

test('dumps until it is done, over several datagrams', () => {
  const { connection, opened } = bench(({ sequence }) => [reply(TYPE, sequence, body(1), 2), reply(TYPE, sequence, body(2), 2), done(sequence)]);
  expect(connection.dump(ask(), word)).toEqual([1, 2]);
  expect(opened[0]?.sent[0]?.readUInt16LE(6)).toBe(0x301);
});

test('reads a table again that changed, or whose answers were lost, up to a bound', () => {
  let readings = 0;
  const lost = new NetlinkError('receive', 'socket', { errno: 'ENOBUFS' });
  const { connection, opened } = bench(({ sequence }) => {
    readings += 1;
    if (readings === 1) return [reply(TYPE, sequence, body(1), INTERRUPTED), done(sequence)];
    if (readings === 2) return [reply(TYPE, sequence, body(1)), lost];
    return [reply(TYPE, sequence, body(3)), done(sequence)];
  });
  expect(connection.dump(ask(), word)).toEqual([3]);
  expect([readings, opened.length]).toEqual([3, 2]);
  readings = 0;
  const shrinking = bench(({ sequence }) => {
    readings += 1;
    return [reply(TYPE, sequence, body(readings)), done(sequence, 0, readings === 1 ? INTERRUPTED : 0)];
  });
  expect(shrinking.connection.dump(ask(), word)).toEqual([2]);
  const restless = bench(({ sequence }) => [reply(TYPE, sequence, body(1), INTERRUPTED), done(sequence)]);
  expect(() => restless.connection.dump(ask('table'), word)).toThrow('ask table: changed during each of 5 readings');
});

test('throws what a dump ends with', () => {
  expect(errnoOf(() => bench(({ sequence }) => [done(sequence, 1)]).connection.dump(ask(), word))).toBe('EPERM');
});

test('sends a batch as one datagram and finds the refusals by their sequence', () => {
  const refuse = new Map([[4, 3], [6, 17]]);
  const { connection, opened } = bench(({ sequence, flags }) => {
    const errno = refuse.get(sequence);
    if (errno !== undefined) return [acknowledgement(sequence, errno)];
    return (flags & NLM_F_ACK) === 0 ? [] : [acknowledgement(sequence)];
  });
  const values = [0, 1, 2, 3, 4, 5, 6, 7];
  expect(batch(connection, values)).toEqual([null, null, null, 'ESRCH', null, 'EEXIST', null, null]);
  expect(opened[0]?.sent).toHaveLength(1);
  expect(batch(connection, [0])).toEqual([null]);
  expect(batch(connection, [])).toEqual([]);
});

test('cuts a batch so that no answer is lost, and knows a refused last one', () => {
  const { connection, opened } = bench(({ sequence, flags }) => {
    if (sequence === 450) return [acknowledgement(sequence, 17)];
    return (flags & NLM_F_ACK) === 0 ? [] : [acknowledgement(sequence)];
  });
  const refusals = batch(connection, Array.from({ length: 450 }, () => 1));
  expect(refusals.map((refusal, at) => (refusal === null ? null : `${at} ${refusal}`)).filter((one) => one !== null)).toEqual(['449 EEXIST']);
  expect(opened[0]?.sent.map((bytes) => bytes.length / 20)).toEqual([MOST_IN_BATCH, MOST_IN_BATCH, 50]);
});

test('says that nobody knows what became of a batch whose answers were lost', () => {
  const lost = new NetlinkError('receive', 'socket', { errno: 'ENOBUFS' });
  const { connection, opened } = bench(() => [lost]);
  expect(errnoOf(() => batch(connection, [1, 2]))).toBe('ENOBUFS');
  expect(opened[0]?.closed).toBe(true);
});

test('is closed for good', () => {
  const { connection, opened } = bench(({ sequence }) => [acknowledgement(sequence)]);
  connection.run(ask());
  connection.close();
  expect(opened[0]?.closed).toBe(true);
  expect(errnoOf(() => connection.run(ask()))).toBe('EBADF');
});

test('answers any datagrams with its error, in time', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 5 }), (datagrams) => {
    const answer: Answer = () => datagrams.map((bytes) => Buffer.from(bytes));
    for (const attempt of [
      (one: Connection) => one.request(ask(), word), (one: Connection) => one.dump(ask(), word), (one: Connection) => batch(one, [1, 2]),
    ]) expect(errnoOf(() => attempt(bench(answer).connection))).not.toBe(undefined);
  }), { numRuns: 300 });
});

test('answers a damaged answer with its error or as if it were whole', () => {
  const length = acknowledgement(1).length + reply(TYPE, 1, body(1)).length;
  fc.assert(fc.property(fc.nat(length - 1), fc.nat(255), fc.nat(length), (at, value, cut) => {
    const answer: Answer = ({ sequence }) => {
      const bytes = Buffer.concat([reply(TYPE, sequence, body(1)), acknowledgement(sequence)]);
      bytes[at] = value;
      return [bytes.subarray(0, cut)];
    };
    const { connection } = bench(answer);
    expect(() => errnoOf(() => connection.request(ask(), ({ bytes, start, end }) => bytes.subarray(start, end).length))).not.toThrow();
  }), { numRuns: 1_000 });
});
