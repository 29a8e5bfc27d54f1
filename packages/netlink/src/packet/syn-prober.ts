// Asks hosts for an address by a SYN on the link, past this host's own TCP, and hears the answers on one socket per family. Needs CAP_NET_RAW.
import { randomInt } from 'node:crypto';
import { constants } from 'node:os';
import type { Family } from '../address.ts';
import { familyOf } from '../address.ts';
import { ByteWriter } from '../byte-writer.ts';
import { NetlinkError } from '../error.ts';
import { hardwareAddressBytes } from '../hardware-address.ts';
import { call, loadLibc } from '../libc.ts';
import type { Libc } from '../libc.ts';
import { ethernet } from './frames.ts';
import { AF_PACKET, linkAddress, SOCK_CLOEXEC, SOCK_RAW } from './packet-socket.ts';
import { portFilter } from './port-filter.ts';
import { ETHERTYPE, readSegmentAnswer, segmentPacket, wrapped } from './segments.ts';
import type { Segment, SegmentKind, Wrapping } from './segments.ts';

const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const MSG_DONTWAIT = 0x40;
const LONGEST_PACKET = 2_048;
const MOST_AT_ONCE = 256;
/** Above those that Linux gives to connections of its own (net.ipv4.ip_local_port_range), so that no socket waits there. */
const PORTS = { first: 64_000, last: 65_023 };
const PROBES = 3;
/** Longer than any try waits for its answer. */
const IDLE_MS = 300_000;

export interface SynOrder {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly wrapping: Wrapping | null;
  /** The next hop: through which interface, with which address of its own, to whom. */
  readonly interfaceIndex: number;
  readonly hardwareAddress: string;
  readonly neighbour: Uint8Array;
  /** The SYN is sent three times in it. */
  readonly waitMs: number;
}

interface Waiting {
  readonly order: SynOrder;
  readonly sequence: number;
  readonly heard: (kind: 'synAck' | 'rst') => void;
}

interface Receiver {
  readonly idle: NodeJS.Timeout;
  readonly close: () => void;
}

export class SynProber {
  readonly #libc: Libc;
  readonly #sender: number;
  readonly #receivers = new Map<Family, Receiver>();
  readonly #waiting = new Map<number, Waiting>();
  #port = randomInt(PORTS.first, PORTS.last + 1);

  private constructor(libc: Libc) {
    this.#libc = libc;
    this.#sender = call(libc, 'open', 'packet socket', () => libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
  }

  static async open(libc: Promise<Libc> = loadLibc()): Promise<SynProber> {
    return new SynProber(await libc);
  }

  /** `heard` is told at most once. Gives what ends it; whoever asks must. */
  ask(order: SynOrder, heard: (kind: 'synAck' | 'rst') => void): () => void {
    this.#hear(familyOf(order.destination));
    const port = this.#freePort();
    const sequence = randomInt(0x1_0000_0000);
    const send = (kind: SegmentKind, at: number): void => this.#send(order, { kind, sourcePort: port, sequence: at });
    send('syn', sequence);
    const repeat = setInterval(() => {
      try {
        send('syn', sequence);
      } catch {
        // The first one is on its way; the end of the time says what came of it.
      }
    }, order.waitMs / PROBES);
    const end = (): void => {
      clearInterval(repeat);
      this.#waiting.delete(port);
    };
    this.#waiting.set(port, {
      order, sequence,
      heard: (kind) => {
        end();
        heard(kind);
        if (kind === 'synAck') this.#letGo(() => send('rst', sequence + 1 >>> 0));
      },
    });
    return end;
  }

  close(): void {
    for (const { close } of this.#receivers.values()) close();
    this.#receivers.clear();
    this.#waiting.clear();
    this.#libc.close(this.#sender);
  }

  /** Where it cannot be sent, the host that answered gives up by itself: that fails nothing, and nobody else who listens here. */
  #letGo(reset: () => void): void {
    try {
      reset();
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
    }
  }

  #freePort(): number {
    for (let tried = PORTS.first; tried <= PORTS.last; tried += 1) {
      this.#port = this.#port === PORTS.last ? PORTS.first : this.#port + 1;
      if (!this.#waiting.has(this.#port)) return this.#port;
    }
    throw new NetlinkError('find', 'free port for a SYN', { errno: 'EAGAIN' });
  }

  #send(order: SynOrder, { kind, sourcePort, sequence }: Pick<Segment, 'kind' | 'sourcePort' | 'sequence'>): void {
    const { source, destination, port, wrapping, interfaceIndex } = order;
    const packet = segmentPacket({ kind, source, destination, sourcePort, destinationPort: port, sequence });
    const outer = wrapping === null ? packet : wrapped(packet, familyOf(destination), wrapping);
    const protocol = ETHERTYPE[familyOf(wrapping?.destination ?? destination)];
    const writer = new ByteWriter();
    ethernet(writer, order.neighbour, hardwareAddressBytes(order.hardwareAddress), protocol);
    writer.bytes(outer);
    const to = linkAddress({ protocol, destination: order.neighbour }, interfaceIndex);
    call(this.#libc, 'send', `${kind} to ${destination}`, () => this.#libc.sendto(this.#sender, writer.written, writer.length, 0, to, to.length));
  }

  /** Only while it is needed, and a while longer: each packet that this host receives meets its filter. */
  #hear(family: Family): void {
    const known = this.#receivers.get(family);
    if (known !== undefined) {
      known.idle.refresh();
      return;
    }
    const fd = this.#open(family);
    const stop = this.#watch(fd);
    const idle = setTimeout(() => {
      this.#receivers.delete(family);
      close();
    }, IDLE_MS).unref();
    const close = (): void => {
      clearTimeout(idle);
      stop();
      this.#libc.close(fd);
    };
    this.#receivers.set(family, { idle, close });
  }

  #open(family: Family): number {
    const libc = this.#libc;
    // Bound only with its filter: nothing comes before.
    const fd = call(libc, 'open', 'packet socket', () => libc.socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    try {
      call(libc, 'filter', 'packet socket', () => libc.attachFilter(fd, portFilter(family, PORTS)));
      const all = linkAddress({ protocol: ETHERTYPE[family], destination: new Uint8Array() }, 0);
      call(libc, 'bind', 'packet socket', () => libc.bind(fd, all, all.length));
      return fd;
    } catch (error) {
      libc.close(fd);
      throw error;
    }
  }

  #watch(fd: number): () => void {
    const libc = this.#libc;
    const buffer = new Uint8Array(LONGEST_PACKET);
    return libc.watch(fd, () => {
      for (let count = 0; count < MOST_AT_ONCE; count += 1) {
        const length = libc.recv(fd, buffer, buffer.length, MSG_DONTWAIT);
        if (length >= 0) this.#take(buffer.subarray(0, length));
        // ENETDOWN is said once of an interface that went down: the socket goes on.
        else if (libc.errno() === constants.errno.EAGAIN) return;
      }
    });
  }

  #take(packet: Uint8Array): void {
    const answer = readSegmentAnswer(packet);
    if (answer === null) return;
    const waiting = this.#waiting.get(answer.destinationPort);
    if (waiting === undefined) return;
    const { order, sequence } = waiting;
    const isOurs = answer.acknowledged === (sequence + 1 >>> 0) && answer.source === order.destination
      && answer.sourcePort === order.port && answer.destination === order.source;
    if (isOurs) waiting.heard(answer.kind);
  }
}
