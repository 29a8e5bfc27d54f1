// A whole panel for tests, with real sockets and a real database, without Next.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import { pino } from 'pino';
import superjson from 'superjson';
import type { SignInLimits } from '../auth/sign-in.ts';
import { readConfig } from '../env.ts';
import { startPanel } from '../panel.ts';
import type { RunningPanel } from '../panel.ts';
import type { AppRouter } from '../router.ts';
import { createPerson, hashPassword } from '../people/accounts.ts';
import type { Role } from '../auth/person.ts';
import { openTestServer } from './database.ts';
import { migrationsDir } from './migrations.ts';

export const password = 'correct horse battery';

export interface TestPanel extends RunningPanel {
  readonly origin: string;
  readonly dataDir: string;
  /** The link for the first administrator; its token alone. */
  setupToken(): Promise<string>;
  /** POST with the panel's own origin, unless headers say otherwise. */
  post(route: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  signIn(email: string, secret?: string): Promise<string>;
  person(name: string, role: Role): Promise<{ id: string; email: string }>;
  api(cookie?: string): TRPCClient<AppRouter>;
}

const generous: SignInLimits = {
  perAddress: { attemptsMax: 1_000, windowMs: 60_000 },
  perAccount: { attemptsMax: 1_000, windowMs: 60_000 },
};

export async function startTestPanel(databaseUrl: string, signInLimits: SignInLimits = generous): Promise<TestPanel> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'weir-panel-'));
  const running = await startPanel({
    config: readConfig({ NODE_ENV: 'test', DATABASE_URL: databaseUrl, WEIR_DATA: dataDir, WEIR_PORT: '0' }),
    logger: pino({ level: 'silent' }),
    openPages: () => Promise.resolve((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>page</title>');
      return Promise.resolve();
    }),
    migrationsDir,
    onLost: () => undefined,
    signInLimits,
  });
  const [origin] = running.origins;
  const post: TestPanel['post'] = (route, body, headers = {}) => fetch(`${origin}${route}`, {
    method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin, ...headers },
  });
  return {
    ...running,
    origin,
    dataDir,
    post,
    setupToken: async () => new URL((await readFile(path.join(dataDir, 'setup-link'), 'utf8')).trim()).searchParams.get('token') ?? '',
    signIn: async (email, secret = password) => {
      const response = await post('/api/auth/sign-in/email', { email, password: secret });
      if (!response.ok) throw new Error(`sign-in answered ${response.status} ${await response.text()}`);
      return cookieFrom(response);
    },
    person: async (name, role) => {
      const email = `${name.toLowerCase()}@example.org`;
      const passwordHash = await hashPassword(password);
      const { id } = await createPerson(running.services.db, { name, email, role, passwordHash });
      return { id, email };
    },
    api: (cookie) => createTRPCClient<AppRouter>({
      links: [httpLink({
        url: `${origin}/api/trpc`, transformer: superjson, headers: { origin, ...(cookie !== undefined && { cookie }) },
      })],
    }),
    close: async () => {
      await running.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A panel on a database server of its own, which ends with it. */
export async function openTestPanel(): Promise<TestPanel> {
  const server = await openTestServer();
  const panel = await startTestPanel(await server.createDatabase());
  const close = async (): Promise<void> => {
    await panel.close();
    await server.remove();
  };
  return { ...panel, close };
}

export function cookieFrom(response: Response): string {
  return response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '').join('; ');
}

/** What a refused call answered: the panel's code, and the HTTP status. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; status: number }> {
  const error: unknown = await call.then(() => null, (thrown: unknown) => thrown);
  if (error === null) return { code: 'allowed', status: 200 };
  const data = Reflect.get(Object(error) as object, 'data') as { error: { code: string }; httpStatus: number } | undefined;
  if (data === undefined) throw error;
  return { code: data.error.code, status: data.httpStatus };
}
