// One process in the guest, in a process group of its own, with everything it says passed on.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { GuestEvent } from '../wire/events.ts';
import type { SpawnOrder } from '../wire/wire.ts';

const searched = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const environment = { PATH: searched.join(':'), HOME: '/root', LANG: 'C.UTF-8' };
/** A process that has ended may have left its output to one that has not, which is not waited for beyond this time without a word. */
const outputGraceMs = 1_000;

/** Without a path busybox would prefer a program of its own. It starts three times as fast as `ip netns exec`. */
function fileOf(command: string): string {
  return command.includes('/') ? command : searched.map((folder) => path.join(folder, command)).find((file) => existsSync(file)) ?? command;
}

export class Child {
  readonly #id: number;
  readonly #tell: (event: GuestEvent) => boolean;
  readonly #process: ChildProcess;
  #ended = false;
  #spoke = false;

  constructor({ id, command, args, netns, env, messages }: SpawnOrder, tell: (event: GuestEvent) => boolean) {
    this.#id = id;
    this.#tell = tell;
    const [program, allArgs] = netns === null ? [command, args] : ['/bin/busybox', ['nsenter', `--net=/run/netns/${netns}`, fileOf(command), ...args]];
    this.#process = spawn(program, allArgs, {
      env: { ...environment, ...env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...(messages ? (['ipc'] as const) : [])],
      serialization: 'advanced',
    });
    this.#process.once('error', (error) => this.#exit(null, null, error.message));
    this.#process.once('spawn', () => tell({ kind: 'started', id, pid: this.#process.pid ?? 0 }));
    this.#process.on('message', (value) => tell({ kind: 'message', id, value }));
    this.#process.stdin?.on('error', () => undefined);
    this.#passOn('stdout', this.#process.stdout);
    this.#passOn('stderr', this.#process.stderr);
    this.#process.once('exit', (code, signal) => this.#exitWhenQuiet(code, signal));
    this.#process.once('close', (code, signal) => this.#exit(code, signal, null));
  }

  write(data: Uint8Array | null): void {
    if (data === null) this.#process.stdin?.end();
    else this.#process.stdin?.write(data);
  }

  send(value: unknown): void {
    if (this.#process.connected) this.#process.send(value as object);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#process.pid === undefined || this.#ended) return;
    try {
      process.kill(-this.#process.pid, signal);
    } catch {
      // Ended in this moment.
    }
  }

  resume(): void {
    this.#process.stdout?.resume();
    this.#process.stderr?.resume();
  }

  #passOn(stream: 'stdout' | 'stderr', output: Readable | null): void {
    output?.on('data', (data: Buffer) => {
      this.#spoke = true;
      if (!this.#tell({ kind: 'output', id: this.#id, stream, data })) output.pause();
    });
  }

  /** A machine that stood still finds its timers over before it has read what came meanwhile: hence the turn in between. */
  #exitWhenQuiet(code: number | null, signal: NodeJS.Signals | null): void {
    this.#spoke = false;
    setTimeout(() => setImmediate(() => {
      if (this.#ended) return;
      if (this.#spoke || this.#process.stdout?.isPaused() === true || this.#process.stderr?.isPaused() === true) this.#exitWhenQuiet(code, signal);
      else this.#exit(code, signal, null);
    }), outputGraceMs);
  }

  #exit(code: number | null, signal: NodeJS.Signals | null, failure: string | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#tell({ kind: 'exit', id: this.#id, code, signal, failure });
  }
}
