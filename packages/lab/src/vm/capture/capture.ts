// Captures packets on an interface of the guest with tcpdump, and decodes them on this side.
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../session/connection.ts';
import { reasonOf, VmError } from '../error.ts';
import { GuestProcess } from '../session/guest-process.ts';
import { decodeFrame, type Frame } from './frame.ts';
import { PcapReader } from './pcap.ts';

export interface CaptureOptions {
  /** In tcpdump's words: "tcp port 80". */
  readonly filter?: string;
  /** Frames after which nothing more is kept, and the capture fails. */
  readonly maxFrames?: number;
}

const startDeadlineMs = 60_000;
const untilDeadlineMs = 60_000;
const stopDeadlineMs = 60_000;
const defaultMaxFrames = 50_000;
const bufferKib = 8_192;
const countIntervalMs = 20;
const repeatsToBelieve = 10;

interface Counts {
  readonly text: string;
  readonly captured: number;
  readonly received: number;
  readonly dropped: number;
}

/** What tcpdump says when it is asked by SIGUSR1, and when it ends. */
function lastCounts(stderr: string): Counts {
  const all = stderr.matchAll(/(\d+) packets? captured\D+(\d+) packets? received by filter\D+(\d+) packets? dropped by kernel/g);
  const [text = '', captured, received, dropped] = [...all].at(-1) ?? [];
  return { text, captured: Number(captured), received: Number(received), dropped: Number(dropped) };
}

export class Capture {
  readonly #connection: Connection;
  readonly #process: GuestProcess;
  readonly #reader = new PcapReader();
  readonly #frames: Frame[] = [];
  readonly #maxFrames: number;
  readonly #watchers = new Set<() => void>();
  /** Frames, and what is too short to be one. */
  #records = 0;
  /** Before its filter was set: of any kind. */
  #droppedBefore = 0;
  #asked = 0;
  #failure: VmError | null = null;

  private constructor(connection: Connection, netns: string | null, networkInterface: string, { filter, maxFrames = defaultMaxFrames }: CaptureOptions) {
    this.#connection = connection;
    this.#maxFrames = maxFrames;
    // Immediate mode: a packet is told when it is seen, and not when a buffer is full.
    const args = ['-i', networkInterface, '-n', '-U', '--immediate-mode', '-B', String(bufferKib), '-Z', 'root', '-w', '-', ...(filter === undefined ? [] : [filter])];
    this.#process = new GuestProcess(connection, { command: 'tcpdump', args, netns, onStdout: (data) => this.#take(data) });
  }

  static async start(connection: Connection, netns: string | null, networkInterface: string, options: CaptureOptions): Promise<Capture> {
    const capture = new Capture(connection, netns, networkInterface, options);
    await capture.#process.says(/listening on/, startDeadlineMs);
    capture.#droppedBefore = (await capture.#counts()).dropped;
    return capture;
  }

  /** What has been seen so far, in order. */
  get frames(): readonly Frame[] {
    return this.#frames;
  }

  /** Waits until what has been seen is enough. */
  async until(enough: (frames: readonly Frame[]) => boolean, deadlineMs: number = untilDeadlineMs): Promise<readonly Frame[]> {
    const seen = new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (this.#failure !== null) reject(this.#failure);
        else if (enough(this.#frames)) resolve();
        else return;
        this.#watchers.delete(look);
      };
      this.#watchers.add(look);
      look();
    });
    await this.#connection.within(seen, deadlineMs, `waiting for packets (${this.#process.what}; ${this.#frames.length} seen at first)`);
    return this.#frames;
  }

  /** Ends the capture once all that came before this call is here. Who waits for what comes later uses `until`. */
  async stop(): Promise<readonly Frame[]> {
    if (this.#failure === null) await this.#untilWorkedOff().catch((error: unknown) => { throw this.#failure ?? error; });
    await this.#process.end();
    if (this.#failure !== null) throw this.#failure;
    const dropped = lastCounts(this.#process.stderr()).dropped - this.#droppedBefore;
    if (dropped > 0) throw new VmError(`The capture lost ${dropped} packets (${this.#process.what}): narrow its filter.`);
    return this.#frames;
  }

  /**
   * A busy machine lets tcpdump wait; its counts tell what it has still before it, and no time does. What arrived before its filter was set is counted
   * as received and never captured (pcap-linux.c, pcap_setfilter_linux): then it has worked off what it has when it answers the same again and again.
   */
  async #untilWorkedOff(): Promise<void> {
    const giveUpAt = performance.now() + stopDeadlineMs;
    let [last, repeats] = ['', 0];
    while (performance.now() < giveUpAt) {
      const { text, captured, received, dropped } = await this.#counts();
      repeats = text === last ? repeats + 1 : 0;
      last = text;
      if (captured === this.#records && (captured + dropped >= received || repeats >= repeatsToBelieve)) return;
      await delay(countIntervalMs);
    }
    throw new VmError(`The capture never came to its end (${this.#process.what}): ${this.#process.stderr().trim().split('\n').at(-1) ?? ''}`);
  }

  async #counts(): Promise<Counts> {
    this.#asked += 1;
    this.#process.signal('SIGUSR1');
    await this.#process.says(new RegExp(`(?:dropped by kernel[^]*){${this.#asked}}`), stopDeadlineMs);
    return lastCounts(this.#process.stderr());
  }

  #take(data: Uint8Array): void {
    if (this.#failure !== null) return;
    try {
      for (const captured of this.#reader.push(data)) {
        this.#records += 1;
        const frame = decodeFrame(captured);
        if (frame !== undefined) this.#frames.push(frame);
      }
      if (this.#frames.length > this.#maxFrames) throw new Error(`more than ${this.#maxFrames} frames`);
    } catch (error) {
      this.#failure = new VmError(`The capture failed (${this.#process.what}): ${reasonOf(error)}`, { cause: error });
      this.#process.signal('SIGKILL');
    }
    for (const watch of this.#watchers) watch();
  }
}
