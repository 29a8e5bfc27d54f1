// Takes network namespaces away, with all that still runs in them: a process would keep its namespace, and cards in it, alive.
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const netnsDir = '/run/netns';

/** Calls back with what `ip` ended with. */
export function removeNamespaces(prefix: string, done: (code: number | null) => void): void {
  const names = readdirSync(netnsDir).filter((name) => name.startsWith(prefix));
  if (names.length === 0) {
    done(0);
    return;
  }
  endProcessesIn(new Set(names.map((name) => statSync(path.join(netnsDir, name)).ino)));
  const ip = spawn('ip', ['-force', '-batch', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  ip.once('error', () => done(null));
  ip.once('exit', (code) => done(code));
  ip.stdin.end(names.map((name) => `netns delete ${name}\n`).join(''));
}

function endProcessesIn(namespaces: ReadonlySet<number>): void {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      if (namespaces.has(statSync(`/proc/${pid}/ns/net`).ino)) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended, or is of the kernel.
    }
  }
}
