// A script of this director's own, run without privileges; exit code 0 is good.
//
// It gets WEIR_RIP and WEIR_PORT, WEIR_SOURCE where one is set, WEIR_VIP, WEIR_VPORT and WEIR_DIP where it is asked for a service, WEIR_TIMEOUT_MS,
// and nothing else of the agent's environment. What it prints is evidence, and nothing that it started outlives it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ProbeOf } from '@weir/model';
import { Attempt, notTried } from '../attempt/attempt.ts';
import { shown, shownText } from '../attempt/bytes.ts';
import { failureOf } from '../attempt/failure-of.ts';
import { Received } from '../attempt/received.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { findScript, findScripts } from './script/folder.ts';
import { unprivileged, whyNot } from './script/unprivileged.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function environment({ rip, port, source, path }: ProbeTarget, timeoutMs: number): Record<string, string> {
  return {
    PATH, LANG: 'C.UTF-8', WEIR_RIP: rip, WEIR_PORT: String(port), WEIR_TIMEOUT_MS: String(timeoutMs),
    ...(source !== null && { WEIR_SOURCE: source }),
    ...(path !== null && { WEIR_VIP: path.vip, WEIR_VPORT: String(path.vport), WEIR_DIP: path.dip }),
  };
}

/** With all that it started and that did not leave its group. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

function run(attempt: Attempt, child: ChildProcess): void {
  const output = new Received();
  attempt.received = () => (output.length === 0 ? null : shown(output.bytes));
  attempt.atEnd(() => {
    killGroup(child);
    child.stdout?.destroy();
    child.stderr?.destroy();
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => void output.add(chunk));
  child.on('error', (error) => attempt.fail(failureOf(error)));
  // What it left behind keeps its output open: it ends with it.
  child.once('exit', () => killGroup(child));
  child.once('close', (code, signal) => {
    if (code === 0) attempt.good();
    else attempt.fail({ failure: 'scriptFailed', detail: signal ?? `exit code ${String(code)}` });
  });
}

export class Scripts {
  readonly #folder: string;
  readonly unsupportedBecause: string | null;

  constructor(folder: string) {
    this.#folder = folder;
    this.unsupportedBecause = whyNot();
  }

  list(): ReturnType<typeof findScripts> {
    return findScripts(this.#folder);
  }

  async run({ file, arguments: given }: ProbeOf<'script'>, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
    if (this.unsupportedBecause !== null) return notTried({ failure: 'unsupported', detail: this.unsupportedBecause });
    const found = await findScript(this.#folder, file);
    if (found === null) return notTried({ failure: 'scriptMissing', detail: `${file} is not in ${this.#folder}` });
    if (found.refusedBecause !== null) return notTried({ failure: 'scriptNotSafe', detail: `${file}: ${found.refusedBecause}` });
    const attempt = new Attempt(timeoutMs);
    attempt.sent = shownText([file, ...given].join(' '));
    attempt.expected = 'exit code 0';
    const [command, ...rest] = unprivileged([join(this.#folder, file), ...given]);
    run(attempt, spawn(command, rest, { cwd: '/', env: environment(target, timeoutMs), detached: true, stdio: ['ignore', 'pipe', 'pipe'] }));
    return attempt.answer;
  }
}
