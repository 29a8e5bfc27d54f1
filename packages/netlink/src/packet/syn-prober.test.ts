import { constants } from 'node:os';
import { expect, it } from 'vitest';
import type { Libc } from '../libc.ts';
import { SynProber } from './syn-prober.ts';

const order = {
  source: '192.168.8.10', destination: '192.168.8.200', port: 80, wrapping: null, interfaceIndex: 1, hardwareAddress: '02:00:00:00:00:01',
  neighbour: Uint8Array.of(2, 0, 0, 0, 0, 2), waitMs: 60_000,
};

/** The SYN ACK to a frame with a SYN in it: addresses and ports the other way round, and one more than its sequence acknowledged. */
function answerTo(frame: Uint8Array): Uint8Array {
  const [syn, answer] = [Buffer.from(frame.subarray(14)), Buffer.alloc(40)];
  answer[0] = 0x45;
  answer[9] = 6;
  syn.copy(answer, 12, 16, 20);
  syn.copy(answer, 16, 12, 16);
  syn.copy(answer, 20, 22, 24);
  syn.copy(answer, 22, 20, 22);
  answer.writeUInt32BE(syn.readUInt32BE(24) + 1 >>> 0, 28);
  answer[33] = 0x12;
  return answer;
}

it('tells of an answer also where the reset behind it cannot be sent, and nothing falls over', async () => {
  const sent: Uint8Array[] = [];
  const watching: (() => void)[] = [];
  let errno: number = constants.errno.EAGAIN;
  let waiting: Uint8Array | null = null;
  const refused = (code: number): number => {
    errno = code;
    return -1;
  };
  const libc: Libc = {
    socket: () => 3, bind: () => 0, connect: () => 0, setsockopt: () => 0, attachFilter: () => 0, send: () => 0, close: () => 0, errno: () => errno,
    sendto: (_, bytes) => (sent.push(Uint8Array.from(bytes)) === 1 ? bytes.length : refused(constants.errno.ENOBUFS)),
    recv: (_, bytes) => {
      if (waiting === null) return refused(constants.errno.EAGAIN);
      bytes.set(waiting);
      const { length } = waiting;
      waiting = null;
      return length;
    },
    watch: (_, run) => {
      watching.push(run);
      return () => undefined;
    },
  };
  const prober = await SynProber.open(Promise.resolve(libc));
  const heard: string[] = [];
  prober.ask(order, (kind) => heard.push(kind));
  waiting = answerTo(sent[0] ?? new Uint8Array());
  for (const ready of watching) ready();
  expect([heard, sent.length]).toEqual([['synAck'], 2]);
  prober.close();
});
