// The time, as an argument: what ends, begins or repeats asks this and nothing else.

/** Takes back what was asked for; harmless once it has run. */
export type Cancel = () => void;

export interface Clock {
  nowMs(): number;
  /** Runs once `nowMs` has reached `timeMs`, never before. */
  at(timeMs: number, run: () => void): Cancel;
}

/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  at(timeMs, run) {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      timer = setTimeout(fire, Math.min(Math.max(timeMs - Date.now(), 0), LONGEST_TIMER_MS));
    };
    // The host's clock may have been set back, or the time be further away than a timer reaches.
    const fire = (): void => (Date.now() < timeMs ? arm() : run());
    arm();
    return () => clearTimeout(timer);
  },
};
