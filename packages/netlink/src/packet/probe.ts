// Asks a link whether anybody has an address, before it is taken. Needs CAP_NET_RAW.
import { constants } from 'node:os';
import { errnoName, NetlinkError } from '../error.ts';
import { call, loadLibc } from '../libc.ts';
import type { Libc } from '../libc.ts';
import { AF_PACKET, linkAddress, SOCK_CLOEXEC, SOCK_RAW } from './packet-socket.ts';
import { ownerIn, probeFrame } from './probe-frames.ts';

const SOCK_NONBLOCK = 0o4000;
const MSG_DONTWAIT = 0x40;
const LONGEST_FRAME = 2_048;
/** On a busy link frames come without end: what is left waits for the next turn. */
const MOST_AT_ONCE = 256;
const PROBES = 3;

export interface AddressProbe {
  readonly address: string;
  readonly interfaceIndex: number;
  /** Its own, which is no answer. */
  readonly hardwareAddress: string;
  /** How long answers are waited for; the question is asked three times in it. */
  readonly waitMs: number;
}

function openBound(libc: Libc, protocol: number, interfaceIndex: number): number {
  const object = `packet socket on interface ${interfaceIndex}`;
  const fd = call(libc, 'open', object, () => libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  try {
    const own = linkAddress({ protocol, destination: new Uint8Array() }, interfaceIndex);
    call(libc, 'bind', object, () => libc.bind(fd, own, own.length));
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

function nextFrame(libc: Libc, fd: number, buffer: Uint8Array): Uint8Array | null {
  const length = libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
  if (length >= 0) return buffer.subarray(0, length);
  const number = libc.errno();
  if (number === constants.errno.EAGAIN || number === constants.errno.EINTR) return null;
  throw new NetlinkError('receive', 'packet socket', { errno: errnoName(number) });
}

/** The hardware address of another host that has it; null where none said so in time. Rejects where the link cannot be asked (ENETDOWN). */
export async function probeAddress({ address, interfaceIndex, hardwareAddress, waitMs }: AddressProbe): Promise<string | null> {
  const libc = await loadLibc();
  const frame = probeFrame(address, hardwareAddress);
  const to = linkAddress(frame, interfaceIndex);
  const fd = openBound(libc, frame.protocol, interfaceIndex);
  const buffer = new Uint8Array(LONGEST_FRAME);
  const endings: (() => void)[] = [];
  try {
    return await new Promise<string | null>((resolve, reject) => {
      const attempt = (task: () => void) => (): void => {
        try {
          task();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const ask = attempt(() => void call(libc, 'send', `probe for ${address}`, () => (
        libc.sendto(fd, frame.bytes, frame.bytes.length, 0, to, to.length))));
      const look = attempt(() => {
        for (let count = 0; count < MOST_AT_ONCE; count += 1) {
          const received = nextFrame(libc, fd, buffer);
          if (received === null) return;
          const owner = ownerIn(received, address);
          if (owner !== null && owner !== hardwareAddress) resolve(owner);
        }
      });
      endings.push(libc.watch(fd, look));
      const repeat = setInterval(ask, waitMs / PROBES);
      // A process that stood still finds its time over before it has heard what came in it.
      const end = setTimeout(() => {
        look();
        resolve(null);
      }, waitMs);
      endings.push(() => clearInterval(repeat), () => clearTimeout(end));
      ask();
    });
  } finally {
    for (const end of endings) end();
    libc.close(fd);
  }
}
