// Runs in the lab's machine for the probes' tests: a director's probes, asked from outside.
import { Try } from '@weir/model';
import type { Probe } from '@weir/model';
import { openProbes } from './open.ts';
import type { Answer, FoundScript, Probes, ProbeTarget } from './probes.ts';
import { Scripts } from './types/script.ts';
import { UNIT_FOLDER } from './types/script/unprivileged.ts';

const NOBODY = 65_534;
let opened: Promise<Probes> | null = null;

function probes(): Promise<Probes> {
  return opened ??= openProbes({ checksFolder: '/run/checks.d', certificatesFolder: '/run/certificates' });
}

/** A try that may go over the wire, or an error. */
export async function run(probe: Probe, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  const answer = await (await probes()).run(probe, target, timeoutMs);
  Try.parse({ ...answer, checkId: 'check', startedAtMs: 0, tookMs: 0 });
  return answer;
}

/** At once, as directors do. */
export function runAll(probe: Probe, targets: readonly ProbeTarget[], timeoutMs: number): Promise<readonly Answer[]> {
  return Promise.all(targets.map((target) => run(probe, target, timeoutMs)));
}

export async function supported(): Promise<readonly string[]> {
  return (await probes()).supported;
}

export async function scripts(): Promise<readonly FoundScript[]> {
  return (await probes()).scripts();
}

/** As an agent that is not root: in a unit of systemd's that listens there. */
export function runInUnit(file: string, socket: string, target: ProbeTarget, timeoutMs: number): Promise<Answer> {
  return new Scripts(UNIT_FOLDER, { kind: 'unit', socket }).run({ type: 'script', file, arguments: ['a b'] }, target, timeoutMs);
}

/** For good: what can be done without any right. */
export async function dropRights(): Promise<void> {
  await (await probes()).close();
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  opened = null;
}
