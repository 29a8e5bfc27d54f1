// A place in the guest where things run: the machine itself, or one host of a network with a network namespace of its own.
import { Capture, type CaptureOptions } from '../capture/capture.ts';
import type { Connection } from './connection.ts';
import { VmError } from '../error.ts';
import { GuestProcess, type GuestExit, type SpawnOptions } from './guest-process.ts';
import { Resident, type Remote } from './resident.ts';

export interface RunOptions extends SpawnOptions {
  readonly input?: string | Uint8Array;
  readonly deadlineMs?: number;
}

export interface RunResult extends GuestExit {
  readonly stdout: string;
  readonly stderr: string;
}

export interface UseOptions {
  /** For each call. */
  readonly deadlineMs?: number;
}

const runDeadlineMs = 120_000;

export class Place {
  /** As the network's description calls it. */
  readonly name: string;
  /** As `ip netns` calls it; null for the machine itself. */
  readonly netns: string | null;
  readonly #connection: Connection;
  readonly #share: string;
  #resident: Resident | null = null;

  constructor(connection: Connection, share: string, name: string, netns: string | null) {
    this.#connection = connection;
    this.#share = share;
    this.name = name;
    this.netns = netns;
  }

  /** Runs a line of sh and returns what it printed; fails with what it said if its exit code is not 0. */
  async run(script: string, options: RunOptions = {}): Promise<string> {
    const result = await this.attempt(script, options);
    if (result.code === 0) return result.stdout;
    const end = result.signal ?? `exit code ${String(result.code)}`;
    throw new VmError(`On ${this.name}, "${script.slice(0, 500)}" failed (${end}): ${(result.stderr || result.stdout).trim()}`);
  }

  /** The same, for what may fail. */
  async attempt(script: string, { input, deadlineMs = runDeadlineMs, ...options }: RunOptions = {}): Promise<RunResult> {
    const process = this.spawn('/bin/sh', ['-c', script], options);
    if (input !== undefined) process.write(input);
    process.endInput();
    try {
      const exit = await this.#connection.within(process.exited, deadlineMs, `On ${this.name}, "${script.slice(0, 500)}"`);
      return { ...exit, stdout: process.stdout(), stderr: process.stderr() };
    } catch (error) {
      process.signal('SIGKILL');
      throw error;
    }
  }

  /** Starts a program; it ends with the connection at the latest. */
  spawn(command: string, args: readonly string[] = [], options: SpawnOptions = {}): GuestProcess {
    return new GuestProcess(this.#connection, { ...options, command, args, netns: this.netns });
  }

  /**
   * Loads a TypeScript module in this place's one resident Node program and returns its functions:
   * `use<typeof import('./x.guest.ts')>(new URL('./x.guest.ts', import.meta.url))`. The module keeps its state between calls.
   */
  use<M>(module: URL, { deadlineMs = runDeadlineMs }: UseOptions = {}): Promise<Remote<M>> {
    if (this.#resident === null || this.#resident.process.ended) this.#resident = new Resident(this.#connection, this.#share, this.netns);
    return this.#resident.module<M>(module, deadlineMs);
  }

  /** Captures packets on an interface, from the moment at which this has settled. */
  capture(networkInterface: string, options: CaptureOptions = {}): Promise<Capture> {
    return Capture.start(this.#connection, this.netns, networkInterface, options);
  }
}
