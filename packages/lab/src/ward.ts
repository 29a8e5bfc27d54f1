// Runs a child that cannot outlive this process: when we are gone, even by kill -9, the kernel closes the pipe and the ward ends the child.
import { spawn, type ChildProcess } from 'node:child_process';

export interface WardOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The signal that ends the child in an orderly way. */
  readonly signal?: 'TERM' | 'INT';
  /** How long an orphaned child may take over it before it is killed. */
  readonly graceSeconds?: number;
  /** Where stdout and stderr go: an open file, 'pipe' to read them, 'inherit' for our own. */
  readonly output: number | 'pipe' | 'ignore' | 'inherit';
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface WardedChild {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Settles when the child has ended; never rejects. */
  readonly exited: Promise<Exit>;
  send(signal: NodeJS.Signals): void;
}

// `read` gets a line when the child has ended by itself (then nothing may be signalled: its pid can be another's), and end of file
// when our process is gone. A background job of sh gets /dev/null as stdin, hence the detour over descriptor 3.
const wardScript = `exec 3<&0
(
  read -r _ <&3 && exit
  kill -"$1" $$
  left=$(( $2 * 10 ))
  while [ $left -gt 0 ] && kill -0 $$; do sleep 0.1; left=$(( left - 1 )); done
  kill -KILL $$
) >/dev/null 2>&1 &
shift 2
exec "$@" 3<&- </dev/null`;

export function spawnWard(options: WardOptions): Promise<WardedChild> {
  const child = spawn(
    '/bin/sh',
    ['-c', wardScript, 'ward', options.signal ?? 'TERM', String(options.graceSeconds ?? 10), options.command, ...options.args],
    {
      // Its own process group: Ctrl-C in the terminal reaches us alone, and we stop the children in order.
      detached: true,
      stdio: ['pipe', options.output, options.output],
      ...(options.env && { env: options.env }),
      ...(options.cwd && { cwd: options.cwd }),
    },
  );
  // The other end may be gone before we write the farewell line.
  child.stdin?.on('error', () => undefined);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      child.stdin?.end('ended\n');
      resolve({ code, signal });
    });
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) return;
      resolve({ process: child, pid: child.pid, exited, send: (signal) => void child.kill(signal) });
    });
  });
}

export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${String(exit.code)}` : `signal ${exit.signal}`;
}

/** True when the child ended within the time. */
export async function endsWithin(exited: Promise<Exit>, deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), deadlineMs);
  });
  try {
    return await Promise.race([exited.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
