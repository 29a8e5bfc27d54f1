// Waiting for a condition, for the tests of the proxy.
import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what must be true soon; what `check` throws ends the wait. */
export async function until(what: string, check: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const startedAtMs = performance.now();
  while (!await check()) {
    if (performance.now() - startedAtMs > deadlineMs) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await pause(2);
  }
}
