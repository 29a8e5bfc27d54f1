// The panel's log: JSON lines on standard output.
import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

export function createLogger(): Logger {
  return pino({
    base: { process: 'panel' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', '*.password', 'token', '*.token', 'headers.cookie', '*.headers.cookie', 'headers.authorization'],
  });
}
