// Signing in and out: plain requests, because the answer carries the cookie.
import { faultOfResponse, type Fault } from '../../trpc/fault.ts';

const deadlineMs = 20_000;

async function post(path: string, body: unknown): Promise<Fault | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(deadlineMs),
    });
    return response.ok ? null : await faultOfResponse(response);
  } catch {
    return { code: 'panelUnreachable', params: {} };
  }
}

/** Null when it went well. */
export function signIn(credentials: { email: string; password: string }): Promise<Fault | null> {
  return post('/api/auth/sign-in/email', credentials);
}

export async function signOut(): Promise<boolean> {
  return (await post('/api/auth/sign-out', {})) === null;
}
