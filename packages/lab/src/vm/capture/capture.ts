// Captures packets on an interface of the guest with tcpdump, and decodes them on this side.
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

const startDeadlineMs = 30_000;
const untilDeadlineMs = 20_000;
const defaultMaxFrames = 50_000;
const bufferKib = 8_192;
/** What has been sent is seen within this time. */
const quietMs = 250;

export class Capture {
  readonly #connection: Connection;
  readonly #process: GuestProcess;
  readonly #reader = new PcapReader();
  readonly #frames: Frame[] = [];
  readonly #maxFrames: number;
  readonly #watchers = new Set<() => void>();
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

  /** Ends the capture once nothing new has come for a moment. */
  async stop(): Promise<readonly Frame[]> {
    await this.#untilQuiet();
    await this.#process.end();
    if (this.#failure !== null) throw this.#failure;
    const dropped = /([1-9]\d*) packets? dropped by kernel/.exec(this.#process.stderr())?.[1];
    if (dropped !== undefined) throw new VmError(`The capture lost ${dropped} packets (${this.#process.what}): narrow its filter.`);
    return this.#frames;
  }

  #untilQuiet(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#watchers.delete(again);
        resolve();
      };
      let timer = setTimeout(settle, quietMs);
      const again = (): void => {
        clearTimeout(timer);
        timer = setTimeout(settle, quietMs);
      };
      this.#watchers.add(again);
    });
  }

  #take(data: Uint8Array): void {
    if (this.#failure !== null) return;
    try {
      for (const captured of this.#reader.push(data)) {
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
