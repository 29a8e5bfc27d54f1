// The people of a benchmark: an administrator, and viewers with a session for each browser.
import { createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../src/server/router.ts';
import type { Weir } from './weir.ts';

export type Api = TRPCClient<AppRouter>;

const password = 'a sluice in the old weir';
/** Fewer than the panel lets one person open. */
const browsersPerPerson = 20;

export function apiOf(origin: string, cookie: string): Api {
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/api/trpc`, transformer: superjson, headers: { origin, cookie } })] });
}

async function signIn(origin: string, email: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`sign-in was answered with ${response.status}`);
  return response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '').join('; ');
}

export async function signInAdmin({ origin, setupToken }: Weir): Promise<Api> {
  const admin = { name: 'Ada', email: 'ada@example.org', password };
  await apiOf(origin, '').setup.createAdmin.mutate({ token: setupToken, ...admin });
  return apiOf(origin, await signIn(origin, admin.email));
}

/** A cookie for each browser. */
export async function signInViewers(origin: string, admin: Api, browsers: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let person = 0; cookies.length < browsers; person += 1) {
    const email = `viewer-${person}@example.org`;
    await admin.people.create.mutate({ name: `Viewer ${person}`, email, password, role: 'viewer' });
    const cookie = await signIn(origin, email);
    cookies.push(...Array.from({ length: Math.min(browsersPerPerson, browsers - cookies.length) }, () => cookie));
  }
  return cookies;
}
