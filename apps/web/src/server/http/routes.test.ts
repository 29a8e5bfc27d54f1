// The panel's doors over real sockets: what is open, what is closed, and what every answer carries.
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pageHeader } from '../../bridge.ts';
import { publicProcedure, router, viewer } from '../trpc.ts';
import { openTestPanel } from '../testing/panel.ts';
import type { TestPanel } from '../testing/panel.ts';
import { createRoutes } from './routes.ts';
import { closeServer, createHttpServer, listen, serve } from './server.ts';
import { createStreams } from './streams.ts';

let panel: TestPanel;
let cookie: string;

beforeAll(async () => {
  panel = await openTestPanel();
  const { email } = await panel.person('Ann', 'viewer');
  cookie = await panel.signIn(email);
});
afterAll(() => panel.close());

/** The same question so many times in one request. */
async function statusTimes(count: number): Promise<[number, string]> {
  const response = await fetch(`${panel.origin}/api/trpc/${Array.from({ length: count }, () => 'setup.status').join(',')}?batch=1`);
  return [response.status, await response.text()];
}

describe('the server', () => {
  it('says that it is healthy', async () => {
    const response = await fetch(`${panel.origin}/api/health`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });

  it('gives every answer the headers that keep a browser from doing more', async () => {
    for (const route of ['/', '/api/health', '/api/nothing', '/api/trpc/session.me']) {
      const { headers } = await fetch(`${panel.origin}${route}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('hands what is no API to the pages', async () => {
    expect(await (await fetch(`${panel.origin}/clusters?x=1`)).text()).toContain('<title>page</title>');
  });

  it.each([
    ['GET', '/api/auth/ok'], ['GET', '/api/auth/list-sessions'], ['GET', '/api/auth/sign-in/email'], ['GET', '/api/auth/callback/github'],
    ['POST', '/api/auth/sign-up/email'], ['POST', '/api/auth/update-user'], ['POST', '/api/auth/change-password'],
    ['POST', '/api/auth/request-password-reset'], ['POST', '/api/auth/delete-user'], ['POST', '/api/auth/get-session'],
    ['POST', '/api/auth/sign-in/social'], ['POST', '/api/auth/sign-in/email/'], ['POST', '/api/auth//sign-up/email'],
    ['GET', '/api/auth/'], ['GET', '/api/auth'], ['GET', '/api'], ['GET', '/api/nothing'],
  ])('keeps %s %s closed', async (method, route) => {
    const response = await fetch(`${panel.origin}${route}`, {
      method, headers: { cookie, origin: panel.origin, 'content-type': 'application/json' }, ...(method === 'POST' && { body: '{}' }),
    });
    expect([response.status, await response.json()]).toEqual([404, { error: { code: 'noSuchRoute', params: {} } }]);
  });

  it.each([
    ['another site', 'https://evil.example'], ['another port', 'http://127.0.0.1:1'], ['an opaque origin', 'null'], ['no origin', undefined],
  ])('refuses a change asked for by %s', async (_, origin) => {
    for (const route of ['/api/auth/sign-in/email', '/api/trpc/session.revoke', '/']) {
      const response = await fetch(`${panel.origin}${route}`, {
        method: 'POST', body: '{}', headers: { cookie, 'content-type': 'application/json', ...(origin !== undefined && { origin }) },
      });
      expect([response.status, await response.json()]).toEqual([403, { error: { code: 'foreignOrigin', params: {} } }]);
    }
  });

  it('does not take the Host header for its own name', async () => {
    const call = request(`${panel.origin}/api/auth/sign-out`, { method: 'POST', headers: { host: 'evil.example', origin: 'http://evil.example' } });
    call.end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(403);
  });

  it('refuses a body that is too large, sooner from who may save no definition', async () => {
    const body = { json: { id: 'x'.repeat(100_000) } };
    for (const headers of [{}, { cookie }]) {
      const answer = await panel.post('/api/trpc/setup.createAdmin', body, headers);
      expect([answer.status, JSON.stringify(await answer.json())]).toEqual([413, expect.stringContaining('"code":"tooLarge"')]);
    }
    const { email } = await panel.person('Oscar', 'operator');
    const person = await panel.post('/api/trpc/session.revoke', body, { cookie: await panel.signIn(email) });
    expect([person.status, JSON.stringify(await person.json())]).toEqual([400, expect.stringContaining('"path":["id"]')]);
  });

  it.each(['nothing', 'session.nothing', '__proto__', 'session', 'session.me,session.nothing?batch=1'])('has no procedure %s', async (path) => {
    const response = await fetch(`${panel.origin}/api/trpc/${path}`);
    expect(JSON.stringify(await response.json())).toContain('"code":"noSuchRoute"');
    expect(response.status).toBeGreaterThanOrEqual(200);
  });

  it('takes no more than 20 calls in one request', async () => {
    expect(await statusTimes(20)).toEqual([200, expect.stringContaining('"needed":false')]);
    expect(await statusTimes(21)).toEqual([400, expect.stringContaining('"code":"badInput"')]);
  });

  it('does not change anything by GET', async () => {
    const response = await fetch(`${panel.origin}/api/trpc/session.revoke?input=${encodeURIComponent('{"json":{"id":"x"}}')}`, { headers: { cookie } });
    expect([response.status, JSON.stringify(await response.json())]).toEqual([400, expect.stringContaining('"code":"badInput"')]);
  });
});

async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<void> {
  let seen = '';
  while (!seen.includes(text)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended before ${text}`);
    seen += Buffer.from(value).toString();
  }
}

it('outlives connections that the host has no descriptor for', async () => {
  const http = createHttpServer(null);
  const onError = vi.fn<(error: Error) => void>();
  const port = await listen(http, '127.0.0.1', 0, onError);
  serve(http)((_, response) => Promise.resolve(void response.end('here')));
  for (const code of ['EMFILE', 'ENFILE']) http.emit('error', Object.assign(new Error(`accept ${code}`), { code }));
  expect(onError).toHaveBeenCalledTimes(2);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
  await closeServer(http, 1_000);
});

describe('streams and failures', () => {
  const aborted = vi.fn<() => void>();
  const testRouter = router({
    ticks: viewer.subscription(async function* ticks({ signal }) {
      let sent = 0;
      signal?.addEventListener('abort', aborted);
      for await (const _ of setInterval(20, undefined, { signal })) {
        yield sent;
        sent += 1;
      }
    }),
    broken: publicProcedure.query(() => {
      throw new Error('secret detail');
    }),
  });
  const logged: unknown[] = [];
  const asked: unknown[] = [];
  let origin: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const http = createHttpServer(null);
    const port = await listen(http, '127.0.0.1', 0, () => undefined);
    origin = `http://127.0.0.1:${port}`;
    const streams = createStreams();
    const { auth } = panel.services;
    const off = auth.sessions.onEnded((ids) => streams.endOf(ids));
    const logger = panel.services.logger.child({});
    logger.error = (entry: unknown) => void logged.push(entry);
    serve(http)(createRoutes({
      router: testRouter, services: { ...panel.services, logger }, streams, origins: [origin], behindProxy: false, pages: ({ headers }) => {
        asked.push(headers[pageHeader]);
        return Promise.reject(new Error('page'));
      },
    }));
    stop = async () => {
      off();
      streams.endAll();
      await closeServer(http, 1_000);
    };
  });
  afterAll(() => stop());

  async function openStream(withCookie: string): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const response = await fetch(`${origin}/api/trpc/ticks`, { headers: { cookie: withCookie, accept: 'text/event-stream' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    return response.body!.getReader();
  }

  it('tells a page which one it is, whatever the client says', async () => {
    await fetch(`${origin}/clusters/a?x=1`, { headers: { [pageHeader]: '/elsewhere' } });
    expect(asked.at(-1)).toBe('/clusters/a?x=1');
  });

  it('sends each tick as it comes, and stops when the browser leaves', async () => {
    aborted.mockClear();
    const reader = await openStream(cookie);
    await readUntil(reader, '"json":3');
    expect(aborted).not.toHaveBeenCalled();
    await reader.cancel();
    await vi.waitFor(() => expect(aborted).toHaveBeenCalled(), { timeout: 3_000 });
  });

  it('ends a stream with its session, and no other', async () => {
    const { email } = await panel.person('Ben', 'viewer');
    const bens = await panel.signIn(email);
    const [ours, theirs] = [await openStream(bens), await openStream(cookie)];
    await readUntil(ours, '"json":1');
    const [session] = await panel.api(bens).session.list.query();
    await panel.api(bens).session.revoke.mutate({ id: session?.id ?? '' });
    await expect(readUntil(ours, '"json":100000')).rejects.toThrow('terminated');
    await readUntil(theirs, '"json":5');
    await theirs.cancel();
    // A browser's EventSource could not read an answer with another status than 200.
    await readUntil(await openStream(bens), '"code":"signInNeeded"');
  });

  it('tells nothing of an unforeseen error but an id, which the log has too', async () => {
    for (const route of ['/api/trpc/broken', '/page']) {
      const response = await fetch(`${origin}${route}`);
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).not.toContain('secret');
      const id = /"code":"unexpected","params":\{"id":"([\w-]{10})"\}/.exec(text)?.[1];
      expect(logged.at(-1)).toMatchObject({ id, err: expect.any(Error) as Error });
    }
  });
});
