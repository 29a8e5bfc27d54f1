// Starts the panel's parts in order and stops them in the opposite one.
import { readFile } from 'node:fs/promises';
import { installBridge } from '../bridge.ts';
import { createAuth } from './auth/auth.ts';
import type { SignInLimits } from './auth/sign-in.ts';
import { startControlPlane } from './control-plane.ts';
import { codeOf, cookieSecret, openDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { takePanelLock } from './db/panel-lock.ts';
import type { PanelConfig } from './env.ts';
import { StartError } from './errors.ts';
import { createRoutes } from './http/routes.ts';
import type { PageHandler } from './http/routes.ts';
import { closeServer, createHttpServer, listen, serve } from './http/server.ts';
import type { Tls } from './http/server.ts';
import { createStreams } from './http/streams.ts';
import type { Logger } from './logger.ts';
import { originsOf } from './http/origins.ts';
import type { Origins } from './http/origins.ts';
import { appRouter } from './router.ts';
import type { Services } from './services.ts';
import { issueSetupToken } from './people/setup.ts';

export interface PanelOptions {
  readonly config: PanelConfig;
  readonly logger: Logger;
  readonly openPages: () => Promise<PageHandler>;
  readonly migrationsDir: string;
  /** The database may be another panel's from now on: end at once. */
  readonly onLost: (reason: string) => void;
  readonly signInLimits?: SignInLimits;
}

export interface RunningPanel {
  readonly origins: Origins;
  readonly services: Services;
  close(): Promise<void>;
}

const sweepEveryMs = 60_000;
const closeGraceMs = 1_500;
const setupLink = 'setup-link';

export async function startPanel(options: PanelOptions): Promise<RunningPanel> {
  const stops: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    return { ...(await startParts(options, (stop) => stops.push(stop))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type OnStop = (stop: () => Promise<void> | void) => void;

async function startParts(options: PanelOptions, onStop: OnStop): Promise<Omit<RunningPanel, 'close'>> {
  const { config, logger } = options;
  const folder = await openDataFolder(config.dataDir);
  const tls = await readTls(config.tls);
  const lock = await connect(() => takePanelLock(config.databaseUrl, options.onLost));
  onStop(() => lock.release());
  const applied = await connect(() => migrate(lock.client, options.migrationsDir));
  lock.watch();
  if (applied.length > 0) logger.info({ migrations: applied }, 'the database was brought up to date');
  const database = openDatabase(config.databaseUrl, logger);
  onStop(() => database.close());
  const { db, pool } = database;

  const pages = await options.openPages();
  const server = createHttpServer(tls);
  const port = await listen(server, config.host, config.port, (error) => logger.error({ err: error }, 'the server failed'));
  const streams = createStreams();
  const answerWith = serve(server);
  let closed: Promise<void> | undefined;
  const stopServing = (): Promise<void> => {
    streams.endAll();
    closed ??= closeServer(server, closeGraceMs);
    return closed;
  };
  onStop(stopServing);
  const origins = originsOf({ host: config.host, port, certificate: tls?.cert ?? null, origin: config.origin });
  const secret = await cookieSecret(folder);
  const auth = createAuth({ db, logger, secret, origins, ...(options.signInLimits && { limits: options.signInLimits }) });
  onStop(auth.sessions.onEnded((sessionIds) => streams.endOf(sessionIds)));
  const controlPlane = await startControlPlane({ db, pool, folder, sessions: auth.sessions, config, logger, certificatePem: tls?.cert ?? null, origin: origins[0] });
  onStop(() => controlPlane.close());
  const services: Services = { db, auth, logger, setupDone: () => folder.remove(setupLink), ...controlPlane.parts };

  await offerSetup(services, folder, origins);
  const sweep = setInterval(() => {
    void auth.sessions.sweep().catch((error: unknown) => logger.error({ err: error }, 'ended sessions could not be cleared'));
  }, sweepEveryMs);
  onStop(() => clearInterval(sweep));
  installBridge({ personFrom: async (headers) => (await auth.sessions.from(headers))?.user ?? null });
  answerWith(createRoutes({ router: appRouter, services, streams, origins, behindProxy: config.origin !== null, pages }));
  // First of all: what answers requests still needs the other parts.
  onStop(stopServing);
  return { origins, services };
}

/** With nobody in the database, a link for the first administrator in a file only this user can read. */
async function offerSetup({ db, logger }: Services, folder: DataFolder, origins: Origins): Promise<void> {
  const token = await issueSetupToken(db, new Date());
  if (token === null) {
    await folder.remove(setupLink);
    return;
  }
  await folder.write(setupLink, `${origins[0]}/setup?token=${token}\n`);
  logger.info({ file: `${folder.dir}/${setupLink}` }, 'wrote the one-time link for the first administrator');
}

async function readTls(files: PanelConfig['tls']): Promise<Tls | null> {
  if (files === null) return null;
  return { cert: await readPem('WEIR_TLS_CERT', files.certFile), key: await readPem('WEIR_TLS_KEY', files.keyFile) };
}

async function readPem(name: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartError(`${name} (${file}) cannot be read: ${codeOf(error)}.`, { cause: error });
  });
}

async function connect<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof StartError) throw error;
    // No word about the URL: it holds the password.
    throw new StartError(`The database cannot be used: ${error instanceof Error && error.message !== '' ? error.message : codeOf(error)}. Check DATABASE_URL.`, { cause: error });
  }
}
