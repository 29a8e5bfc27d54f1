// The time, as an argument: what ends, begins or repeats asks this and nothing else.

/** Takes back what was asked for; harmless once it has run. */
export type Cancel = () => void;

export interface Clock {
  nowMs(): number;
  /** Goes on evenly, whatever becomes of the host's clock: for how long something took. */
  elapsedMs(): number;
  /** Runs once `nowMs` has reached `timeMs`, never before: for what people gave a time of day. */
  at(timeMs: number, run: () => void): Cancel;
  /** Runs after so much time, whatever becomes of the host's clock: for what repeats. */
  after(delayMs: number, run: () => void): Cancel;
}

/** The host's clock may be set while we wait for a time of day. */
const LONGEST_SLEEP_MS = 5_000;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  at(timeMs, run) {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      timer = setTimeout(fire, Math.min(Math.max(timeMs - Date.now(), 0), LONGEST_SLEEP_MS));
    };
    const fire = (): void => (Date.now() < timeMs ? arm() : run());
    arm();
    return () => clearTimeout(timer);
  },
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
