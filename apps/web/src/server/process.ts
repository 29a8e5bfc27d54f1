// The panel as a process: settings in, one sentence and exit code 1 when it cannot start, an orderly end when told to.
import process from 'node:process';
import { readConfig, useProductionMode } from './env.ts';
import type { PanelConfig } from './env.ts';
import { StartError } from './errors.ts';
import type { PageHandler } from './http/routes.ts';
import { encodeWholeText } from './http/text-encoding.ts';
import { createLogger } from './logger.ts';
import { startPanel } from './panel.ts';

export interface ProcessOptions {
  readonly openPages: (config: PanelConfig) => Promise<PageHandler>;
  readonly migrationsDir: string;
}

const endDeadlineMs = 2_800;

export async function runPanel({ openPages, migrationsDir }: ProcessOptions): Promise<void> {
  const logger = createLogger();
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  const onLost = (reason: string): void => {
    // Another panel may be writing from now on: nothing more may be written from here.
    logger.fatal({ reason }, 'lost the hold on the database');
    process.stderr.write(`The panel lost its hold on the database (${reason}) and ends.\n`);
    process.exit(1);
  };
  try {
    useProductionMode();
    encodeWholeText();
    const config = readConfig();
    const panel = await startPanel({ config, logger, openPages: () => openPages(config), migrationsDir, onLost });
    logger.info({ origins: panel.origins }, 'ready');
    let ending = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (ending) return;
      ending = true;
      logger.info({ signal }, 'ending');
      setTimeout(() => process.exit(1), endDeadlineMs).unref();
      panel.close().then(() => process.exit(0), endBecause);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    endBecause(error);
  }
}

/** One sentence for whoever started it; what is not foreseen is a defect and keeps its stack. */
function endBecause(error: unknown): never {
  const text = error instanceof Error && !(error instanceof StartError) ? (error.stack ?? error.message) : String(error instanceof Error ? error.message : error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
