// The four parts of a running Weir, in the order in which they start.
import { PostgresError, startPostgres } from '@weir/lab/postgres';
import { Failure } from '../setup/failure.mjs';
import type { StartOptions } from '../setup/options/options.mjs';
import { cleanEnv } from '../setup/run.mjs';
import { exists } from './enrolment.ts';
import { bundles, type Layout } from './layout.ts';
import type { Part, Running } from './part.ts';
import { startProgram } from './program.ts';
import { agentAnswers, labAnswers, panelAnswers } from './ready.ts';

const agentHost = '127.0.0.1';

/** The embedded server; what it says about itself goes to `onUrl` before anything needs it. */
export function databasePart(layout: Layout, onUrl: (url: string) => void): Part {
  return {
    title: 'the database',
    start: async (signal): Promise<Running> => {
      try {
        const server = await startPostgres({ dataDir: layout.postgres, socketDir: layout.run, logFile: layout.logFile('postgres'), signal });
        onUrl(server.url);
        return server;
      } catch (error) {
        throw error instanceof PostgresError ? new Failure(error.message, { cause: error }) : error;
      }
    },
  };
}

export function agentPart(layout: Layout, port: number): Part {
  const title = 'the agent';
  return {
    title,
    start: (signal) =>
      startProgram(
        {
          title,
          file: bundles.agent,
          args: ['run', '--data', layout.agent, '--listen', `${agentHost}:${port}`, '--driver', 'proxy'],
          env: withoutDatabase(),
          logFile: layout.logFile('agent'),
          isReady: () => agentAnswers(agentHost, port),
          readyDeadlineMs: 60_000,
          stopDeadlineMs: 10_000,
        },
        signal,
      ),
  };
}

export function labPart(layout: Layout): Part {
  const title = 'the lab of sample real servers';
  return {
    title,
    start: (signal) =>
      startProgram(
        {
          title,
          file: bundles.lab,
          args: ['--socket', layout.labSocket],
          env: withoutDatabase(),
          logFile: layout.logFile('lab'),
          isReady: () => labAnswers(layout.labSocket),
          readyDeadlineMs: 30_000,
          stopDeadlineMs: 5000,
        },
        signal,
      ).catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
        throw new Failure(`${error.message}\nnpm start -- --no-samples runs without it.`, { cause: error });
      }),
  };
}

export interface PanelPartOptions {
  readonly options: StartOptions;
  readonly layout: Layout;
  readonly databaseUrl: () => string;
  readonly onRestarted: () => Promise<void>;
}

export function panelPart({ options, layout, databaseUrl, onRestarted }: PanelPartOptions): Part {
  const title = 'the panel';
  return {
    title,
    onRestarted,
    start: async (signal) =>
      startProgram(
        {
          title,
          file: bundles.panel,
          args: [],
          env: await panelEnv(options, layout, databaseUrl()),
          logFile: layout.logFile('panel'),
          isReady: () => panelAnswers(reachable(options.host), options.port, options.tls !== null),
          readyDeadlineMs: 120_000,
          stopDeadlineMs: 15_000,
        },
        signal,
      ),
  };
}

async function panelEnv(options: StartOptions, layout: Layout, databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  return {
    ...cleanEnv(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    WEIR_DATA: layout.panel,
    WEIR_HOST: options.host,
    WEIR_PORT: String(options.port),
    ...(options.tls && { WEIR_TLS_CERT: options.tls.cert, WEIR_TLS_KEY: options.tls.key }),
    ...(options.origin !== null && { WEIR_ORIGIN: options.origin }),
    WEIR_TUTORIAL: options.tutorial,
    ...(options.samples && { WEIR_LAB_SOCKET: layout.labSocket }),
    // The panel deletes it when it has used it.
    ...((await exists(layout.enrolCode)) && { WEIR_ENROL_CODE_FILE: layout.enrolCode }),
  };
}

function withoutDatabase(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...env } = cleanEnv();
  return { ...env, NODE_ENV: 'production' };
}

/** An address to reach a listener that listens everywhere. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

export function agentAddress(port: number): string {
  return `${agentHost}:${port}`;
}
