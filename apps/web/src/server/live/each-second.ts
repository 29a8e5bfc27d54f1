// Calls once in each second, always at the same place in it.

const secondMs = 1_000;

/** `afterMs` the wall clock's second began. A call that comes late leaves the next one out rather than making two at once. */
export function eachSecond(afterMs: number, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    timer = setTimeout(() => {
      arm();
      call();
    }, untilNextMs(Date.now(), afterMs));
  };
  arm();
  return () => clearTimeout(timer);
}

/** At least half a second: a timer may come a moment early, and a clock may be set at any time. */
export function untilNextMs(nowMs: number, afterMs: number): number {
  const leftMs = secondMs - ((nowMs - afterMs) % secondMs);
  return leftMs < secondMs / 2 ? leftMs + secondMs : leftMs;
}
