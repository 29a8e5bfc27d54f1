// The panel's process: reads the settings, starts the parts, ends in order when told to.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readConfig, useProductionMode } from './server/env.ts';
import { StartError } from './server/errors.ts';
import type { PageHandler } from './server/http/routes.ts';
import { createLogger } from './server/logger.ts';
import { startPanel } from './server/panel.ts';

// The same from src/main.ts and from dist/main.mjs.
const webDir = fileURLToPath(new URL('..', import.meta.url));
const migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));
const endDeadlineMs = 3_000;

const logger = createLogger();

function end(code: number): never {
  logger.flush();
  process.exit(code);
}

/** One sentence for whoever started it; everything else is a defect and keeps its stack. */
function endForStart(error: unknown): never {
  if (error instanceof StartError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return end(1);
}

async function openPages(host: string, port: number): Promise<PageHandler> {
  const { default: next } = await import('next');
  const app = next({ dir: webDir, dev: false, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => handle(request, response);
}

async function main(): Promise<void> {
  useProductionMode();
  const config = readConfig();
  const onLost = (reason: string): void => {
    // Another panel may be writing from now on: nothing more may be written from here.
    logger.fatal({ reason }, 'lost the database lock');
    process.stderr.write(`The panel lost its hold on the database (${reason}) and ends.\n`);
    end(1);
  };
  const running = await startPanel({ config, logger, openPages: () => openPages(config.host, config.port), migrationsDir, onLost });
  logger.info({ origins: running.origins }, 'ready');
  let ending = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    logger.info({ signal }, 'ending');
    setTimeout(() => end(1), endDeadlineMs).unref();
    running.close().then(() => end(0), endForStart);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));
process.on('uncaughtException', (error) => {
  logger.fatal({ err: error }, 'uncaught exception');
  end(1);
});

await main().catch(endForStart);
