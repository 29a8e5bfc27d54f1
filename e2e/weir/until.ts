// Waits for a condition with a deadline.
import { setTimeout as pause } from 'node:timers/promises';

/** Gives the first value of `probe` that is not null, false or undefined; throws with `what` when `deadlineMs` is over. */
export async function until<T>(what: string, deadlineMs: number, probe: () => Promise<T | null | false | undefined> | T | null | false | undefined): Promise<T> {
  const end = Date.now() + deadlineMs;
  let last: unknown = null;
  for (;;) {
    try {
      const value = await probe();
      if (value !== null && value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms in vain: ${what}`, { cause: last });
    await pause(100);
  }
}
