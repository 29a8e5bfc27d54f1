// The panel's settings: the only file that reads the environment.
import process from 'node:process';
import { isIP, isIPv4 } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from './errors.ts';

const Text = z.string().trim().min(1);

const Origin = Text.transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '') {
    return url.origin;
  }
  context.addIssue('must be an origin such as https://weir.example.org');
  return z.NEVER;
});

const Environment = z.object({
  WEIR_DATA: Text.default('.weir/panel').describe('Folder of what the panel keeps outside the database: keys and the setup link'),
  DATABASE_URL: z.string({ error: 'must name the PostgreSQL database' })
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .describe('The PostgreSQL database'),
  WEIR_HOST: Text.default('127.0.0.1').describe('Address or name to listen on'),
  WEIR_PORT: z.coerce.number('must be a port').int('must be a port').min(0, 'must be a port').max(65_535, 'must be a port')
    .default(9347).describe('Port to listen on'),
  WEIR_TLS_CERT: Text.optional().describe('File of the certificate chain (PEM)'),
  WEIR_TLS_KEY: Text.optional().describe('File of its key (PEM)'),
  WEIR_ORIGIN: Origin.optional().describe('Origin that browsers see when a proxy stands in front'),
  WEIR_ENROL_CODE_FILE: Text.optional().describe('File with a code to enrol a director at start; deleted when used'),
  WEIR_TUTORIAL: z.enum(['loopback', 'lab'], 'must be loopback or lab').default('loopback').describe('The network on which the tutorial is offered'),
  WEIR_LAB_SOCKET: Text.optional().describe('Control socket of the lab'),
});

export interface PanelConfig {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Of the proxy in front. */
  readonly origin: string | null;
  readonly enrolCodeFile: string | null;
  readonly tutorial: 'loopback' | 'lab';
  readonly labSocket: string | null;
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): PanelConfig {
  const env = parse(Environment, environment);
  const tls = tlsFiles(env.WEIR_TLS_CERT, env.WEIR_TLS_KEY);
  if (!isLoopback(env.WEIR_HOST) && tls === null && env.WEIR_ORIGIN === undefined) {
    throw new StartError(
      `WEIR_HOST is ${env.WEIR_HOST}, which other hosts can reach: give WEIR_TLS_CERT and WEIR_TLS_KEY, or WEIR_ORIGIN if a proxy with a certificate stands in front.`,
    );
  }
  return {
    dataDir: path.resolve(env.WEIR_DATA),
    databaseUrl: env.DATABASE_URL,
    host: env.WEIR_HOST,
    port: env.WEIR_PORT,
    tls,
    origin: env.WEIR_ORIGIN ?? null,
    enrolCodeFile: env.WEIR_ENROL_CODE_FILE ?? null,
    tutorial: env.WEIR_TUTORIAL,
    labSocket: env.WEIR_LAB_SOCKET ?? null,
  };
}

/** Where the panel keeps what it knows; whatever else is set does not matter to a backup. */
export function readStorageConfig(environment: NodeJS.ProcessEnv = process.env): Pick<PanelConfig, 'dataDir' | 'databaseUrl'> {
  const env = parse(Environment.pick({ WEIR_DATA: true, DATABASE_URL: true }), environment);
  return { dataDir: path.resolve(env.WEIR_DATA), databaseUrl: env.DATABASE_URL };
}

function parse<Settings>(schema: z.ZodType<Settings>, environment: NodeJS.ProcessEnv): Settings {
  // An empty variable is one that was not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new StartError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join(' '));
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined): PanelConfig['tls'] {
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) {
    throw new StartError('WEIR_TLS_CERT and WEIR_TLS_KEY belong together: give both or neither.');
  }
  return { certFile, keyFile };
}

export function isLoopback(host: string): boolean {
  if (isIP(host) === 0) return host === 'localhost';
  return isIPv4(host) ? host.startsWith('127.') : host === '::1';
}

/** Next and React choose their builds by this when they are loaded. */
export function useProductionMode(): void {
  if (process.env['NODE_ENV'] === undefined) Reflect.set(process.env, 'NODE_ENV', 'production');
}
