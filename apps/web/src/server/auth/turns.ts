// Turns for calls that cost the panel or the directors much: so many of one session at once, some more wait, the rest are refused.
import { setImmediate as nextRound } from 'node:timers/promises';
import { PanelError } from '../errors.ts';

export interface TurnLimits {
  readonly atOnceMax: number;
  readonly waitingMax: number;
}

export interface Turns {
  take<T>(sessionId: string, call: () => Promise<T>): Promise<T>;
}

/** Two tabs with a chart for each topic that a stream may have wait; a flood does not. */
export const usualTurnLimits: TurnLimits = { atOnceMax: 2, waitingMax: 32 };

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

export function createTurns({ atOnceMax, waitingMax }: TurnLimits): Turns {
  // Only of sessions that have a call under way.
  const lines = new Map<string, Line>();

  function leave(sessionId: string, line: Line): void {
    const next = line.waiting.shift();
    if (next !== undefined) return next();
    line.running -= 1;
    if (line.running === 0) lines.delete(sessionId);
  }

  return {
    take: async (sessionId, call) => {
      const line = lines.get(sessionId) ?? { running: 0, waiting: [] };
      lines.set(sessionId, line);
      if (line.running < atOnceMax) line.running += 1;
      else if (line.waiting.length >= waitingMax) throw new PanelError('tooManyRequests');
      else await new Promise<void>((resolve) => line.waiting.push(resolve));
      try {
        return await call();
      } finally {
        // A call that never waits would otherwise hold the thread for the whole line.
        await nextRound();
        leave(sessionId, line);
      }
    },
  };
}
