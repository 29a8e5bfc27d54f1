// When to stop: a signal, or the npm that started us is gone (it may be killed while we live on).
import { readFileSync } from 'node:fs';

const checkIntervalMs = 500;
/** npm forwards a signal that the terminal has sent us already; a second wish within this time is the same one. */
const sameWishMs = 1000;

export interface StopRequest {
  readonly signal: AbortSignal;
  /** Resolves with the reason, in words. */
  readonly requested: Promise<string>;
}

/** `onForce` is called when somebody who has waited asks again. */
export function awaitStopRequest(env: NodeJS.ProcessEnv, onForce: () => void): StopRequest {
  const controller = new AbortController();
  const requested = new Promise<string>((resolve) => {
    let requestedAtMs: number | undefined;
    const request = (reason: string): void => {
      if (requestedAtMs !== undefined) {
        if (performance.now() - requestedAtMs > sameWishMs) onForce();
        return;
      }
      requestedAtMs = performance.now();
      controller.abort();
      resolve(reason);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => request(signal));
    if (env['npm_lifecycle_event'] !== undefined) watchParents(() => request('the npm that started it is gone'));
  });
  return { signal: controller.signal, requested };
}

/** npm runs us in a shell, or the shell has become us: npm is the parent or its parent. */
function watchParents(onGone: () => void): void {
  const before = parents();
  const timer = setInterval(() => {
    if (parents() === before) return;
    clearInterval(timer);
    onGone();
  }, checkIntervalMs);
  timer.unref();
}

function parents(): string {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

function parentOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
