// Asks the panel's procedures as a script would: with a person's cookie, without a browser.
import { z } from 'zod';
import type { Person } from './people.ts';
import { url } from './running.ts';

const Answer = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });
const Refusal = z.object({
  error: z.object({ json: z.object({ data: z.object({ error: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }) }) }) }),
});
const deadlineMs = 30_000;

/** The panel said no. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly procedure: string, readonly code: string, readonly params: Readonly<Record<string, unknown>>) {
    super(`${procedure}: ${code} ${JSON.stringify(params)}`);
  }
}

export class Api {
  constructor(private readonly cookie: string) {}

  /** Signs in anew: a session of its own. */
  static async signedIn({ email, password }: Person): Promise<Api> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (!response.ok) throw new Error(`${email} was not signed in: ${response.status} ${await response.text()}`);
    return new Api(response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]).join('; '));
  }

  query<T>(procedure: string, schema: z.ZodType<T>, input?: unknown): Promise<T> {
    const asked = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    return this.#ask(procedure, schema, asked, { method: 'GET' });
  }

  mutate<T>(procedure: string, schema: z.ZodType<T>, input?: unknown): Promise<T> {
    return this.#ask(procedure, schema, '', { method: 'POST', body: JSON.stringify({ json: input }) });
  }

  /** A file that the panel makes. */
  async download(address: string): Promise<string> {
    const response = await fetch(`${url}${address}`, { headers: { cookie: this.cookie }, signal: AbortSignal.timeout(deadlineMs) });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.text();
  }

  /** An open stream of what is live; `ended` resolves when the panel ends it. */
  async stream(): Promise<{ readonly ended: Promise<void> }> {
    const input = encodeURIComponent(JSON.stringify({ json: { topics: ['overview'] } }));
    const response = await fetch(`${url}/api/trpc/live.stream?input=${input}`, { headers: { cookie: this.cookie, accept: 'text/event-stream' } });
    if (!response.ok || response.body === null) throw new Error(`no stream: ${response.status}`);
    const reader = response.body.getReader();
    await reader.read();
    return { ended: drain(reader) };
  }

  async #ask<T>(procedure: string, schema: z.ZodType<T>, asked: string, request: RequestInit): Promise<T> {
    const response = await fetch(`${url}/api/trpc/${procedure}${asked}`, {
      ...request, headers: { 'content-type': 'application/json', origin: url, cookie: this.cookie }, signal: AbortSignal.timeout(deadlineMs),
    });
    const body: unknown = await response.json();
    const refusal = Refusal.safeParse(body);
    if (refusal.success) throw new Refused(procedure, refusal.data.error.json.data.error.code, refusal.data.error.json.data.error.params);
    return schema.parse(Answer.parse(body).result.data.json);
  }
}

/** Whether it is ended in order or cut. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (;;) {
    const done = await reader.read().then((part) => part.done, () => true);
    if (done) return;
  }
}
