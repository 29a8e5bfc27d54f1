// Finds the processes of a running Weir by their parents, so that a journey can stop, go on or kill exactly one of them.
import { readdirSync, readFileSync } from 'node:fs';

export type Part = 'panel' | 'agent' | 'lab' | 'postgres';

const marks: Record<Part, RegExp> = {
  panel: /apps\/web\/dist\/main\.mjs/,
  agent: /weir-agent\.mjs/,
  lab: /weir-lab\.mjs/,
  postgres: /bin\/postgres/,
};

interface Process { pid: number; parent: number; command: string }

function readProcess(pid: number): Process | null {
  try {
    // proc(5): the command in parentheses may hold anything; the parent is the second field after the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { pid, parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() };
  } catch {
    return null;
  }
}

export function descendantsOf(root: number): Process[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const found: Process[] = [];
  let parents = new Set([root]);
  while (parents.size > 0) {
    const next = all.filter(({ parent }) => parents.has(parent));
    found.push(...next);
    parents = new Set(next.map(({ pid }) => pid));
  }
  return found;
}

/** The pid of one part of the Weir that `launcher` runs, or null while it is not there. */
export function pidOf(launcher: number, part: Part): number | null {
  return descendantsOf(launcher).find(({ command }) => marks[part].test(command) && !command.startsWith('sh -c'))?.pid ?? null;
}

export function isAlive(pid: number): boolean {
  const process = readProcess(pid);
  return process !== null;
}
