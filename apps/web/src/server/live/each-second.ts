// Calls once in each second, always at the same place in it.

const secondMs = 1_000;
const leastMs = 100;

/** `afterMs` the wall clock's second began. A call that comes almost a second late leaves the next one out. */
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

/** A timer may come a moment early, and a clock may be set at any time. */
export function untilNextMs(nowMs: number, afterMs: number): number {
  const leftMs = secondMs - ((nowMs - afterMs) % secondMs);
  return leftMs < leastMs ? leftMs + secondMs : leftMs;
}
