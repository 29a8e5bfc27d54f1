// A real agent, scraped.
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Sample } from '@weir/model';
import { enrolledAgent, runAgent, temporaryFolder } from '../testing/bench.ts';
import type { Bench, BenchOptions } from '../testing/bench.ts';
import { applied, cluster } from '../testing/cluster.ts';
import { parseExposition } from '../testing/exposition-parser.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { startMetricsServer } from './metrics-server.ts';
import { Metrics } from './metrics.ts';

const wait = { timeout: 20_000 };

interface Request {
  readonly path?: string;
  readonly method?: string;
  readonly accept?: string;
  readonly authorization?: string;
}

interface Scraped extends Bench {
  readonly tokenFile: string;
  readonly token: string;
  readonly get: (request?: Request) => Promise<Response>;
  readonly scrape: () => Promise<ReturnType<typeof parseExposition>>;
}

async function scrapedAgent(options: BenchOptions = {}): Promise<Scraped> {
  const dataFolder = await temporaryFolder();
  const tokenFile = join(dataFolder, 'metrics-token');
  const bench = await enrolledAgent({ ...options, dataFolder, metrics: { host: '127.0.0.1', port: 0, tokenFile } });
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const get = ({ path = '/metrics', method = 'GET', accept = 'application/openmetrics-text', authorization = `Bearer ${token}` }: Request = {}): Promise<Response> => (
    fetch(`http://127.0.0.1:${bench.agent.metricsPort}${path}`, { method, headers: { accept, authorization } }));
  return { ...bench, tokenFile, token, get, scrape: async () => parseExposition(await (await get()).text(), true) };
}

describe('an agent that is scraped', () => {
  it('tells of what it accepted and forwards, in both formats', async () => {
    const { client, scrape, get } = await scrapedAgent();
    await applied(client, { clusterId: 'c-1', revision: 4, definition: cluster({ weights: [3, 1] }) });
    await expect.poll(async () => (await scrape()).get('weir_real_server_weight')?.samples.map(({ labels, value }) => [labels.real_server, value]), wait)
      .toEqual([['rs-0', 3], ['rs-1', 1]]);
    const families = await scrape();
    expect(families.get('weir_accepted_revision')?.samples).toMatchObject([{ labels: { cluster: 'web', cluster_id: 'c-1' }, value: 4 }]);
    // In user space there are no packets, and bytes are what connections carried.
    expect(families.get('weir_service_packets')?.samples).toEqual([]);
    expect(families.get('weir_service_bytes')?.samples.map(({ labels }) => labels.kind)).toEqual(['payload', 'payload']);
    const plain = await get({ accept: '*/*' });
    expect(plain.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(parseExposition(await plain.text(), false).get('weir_agent_info')?.samples).toMatchObject([{ labels: { driver: 'proxy' } }]);
  });

  it('answers whoever shows its token, and nobody else, and nothing but /metrics', async () => {
    const { get, token } = await scrapedAgent();
    for (const authorization of ['', 'Bearer', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`, `Bearer ${token} ${token}`, `Bearer ${'x'.repeat(7_000)}`]) {
      const refused = await get({ authorization });
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="weir-agent"']);
    }
    expect((await get({ authorization: 'bearer', path: '/else' })).status).toBe(401);
    expect((await get({ authorization: `bearer ${token}`, path: '/metrics?a=b' })).status).toBe(200);
    expect((await get({ path: '/' })).status).toBe(404);
    expect((await get({ path: '/metrics/' })).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const refused = await get({ method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    const head = await get({ method: 'HEAD' });
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'application/openmetrics-text; version=1.0.0; charset=utf-8', '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
    expect((await get({ method: 'HEAD', authorization: '' })).status).toBe(401);
  });

  it('asks its forwarder nothing for it, however many ask, and answers while that hangs', async () => {
    let samples = 0;
    let hangs = false;
    const { get, scrape, client } = await scrapedAgent({
      troubles: {
        call: (name) => {
          if (name === 'sample') samples += 1;
          return name === 'sample' && hangs ? 'hang' : null;
        },
      },
    });
    await applied(client, { clusterId: 'c-1', revision: 1, definition: cluster() });
    await expect.poll(async () => (await scrape()).get('weir_sample_time_seconds')?.samples.length, wait).toBe(1);
    hangs = true;
    const before = samples;
    const bodies = await Promise.all(Array.from({ length: 30 }, async () => (await get()).text()));
    for (const body of bodies) parseExposition(body, true);
    // What hangs is the sampler's own, which asks again each time that its forwarder's deadline is over.
    expect(samples - before).toBeLessThan(10);
  });

  it('ends one that takes its answer too slowly, and goes on answering', { timeout: 60_000 }, async () => {
    const body = Array.from({ length: 8 }, () => Buffer.alloc(8 * 1_024 * 1_024, '#'));
    const server = await startMetricsServer({ host: '127.0.0.1', port: 0, token: 'a'.repeat(22), body: () => Promise.resolve(body), log: pino({ level: 'silent' }), answerMs: 300 });
    onTestFinished(() => server.stop());
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => { socket.destroy(); });
    let bytes = 0;
    // Never silent for long, and not done for a minute.
    socket.on('data', (part: Buffer) => {
      bytes += part.length;
      socket.pause();
      setTimeout(() => socket.resume(), 50);
    });
    socket.write(`GET /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'a'.repeat(22)}\r\n\r\n`);
    await once(socket, 'close');
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(64 * 1_024 * 1_024);
    expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(401);
  });

  it('ends what is not HTTP, and goes on answering', async () => {
    const { agent, get } = await scrapedAgent();
    const socket = connect(agent.metricsPort ?? 0, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => { socket.destroy(); });
    const said = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part: Buffer) => { text += part.toString(); }).on('close', () => resolve(text));
    });
    socket.write(Buffer.from(Array.from({ length: 4_096 }, (_, i) => i % 251)));
    expect(await said).toMatch(/^HTTP\/1\.1 400 /);
    expect((await get()).status).toBe(200);
  });
});

describe('the token', () => {
  it('is made once, for the agent alone, and kept', async () => {
    const { agent, tokenFile, token } = await scrapedAgent();
    expect([(await stat(tokenFile)).mode & 0o777, token]).toEqual([0o600, expect.stringMatching(/^[\w-]{43}$/)]);
    await agent.stop();
    await runAgent({ dataFolder: agent.dataFolder, metrics: { host: '127.0.0.1', port: 0, tokenFile } });
    expect((await readFile(tokenFile, 'utf8')).trim()).toBe(token);
  });

  it.each(['', 'short', 'two lines\nof what is long enough to be a token', `${'a'.repeat(30)}é`, 'a'.repeat(2_000)])('is not %j', async (text) => {
    const dataFolder = await temporaryFolder();
    const tokenFile = join(await temporaryFolder(), 'token');
    await writeFile(tokenFile, text);
    await expect(runAgent({ dataFolder, metrics: { host: '127.0.0.1', port: 0, tokenFile } })).rejects.toThrow(/^Cannot use the token in .*Remove the file/);
    // Nothing is left of the try.
    await runAgent({ dataFolder });
  });
});

it('what is told is put together once a second, for all who ask', async () => {
  const clock = new ManualClock(1_800_000_000_000);
  let made = 0;
  const metrics = new Metrics({
    info: { version: '1', protocol: 3, driver: 'proxy', hostname: 'lb', startedAtMs: 0 }, byteKind: 'payloadBytes', clock,
    accepted: () => { made += 1; return []; }, state: () => null, checker: () => ({ targets: 0, late: null, braked: null }), journalBacklog: () => 0, standingOf: () => null,
    listen: () => () => undefined,
  });
  const first = await Promise.all(Array.from({ length: 50 }, () => metrics.body('openMetrics')));
  expect([new Set(first).size, made]).toEqual([1, 1]);
  await metrics.body('prometheus');
  clock.advance(999);
  expect(await metrics.body('openMetrics')).toBe(first[0]);
  clock.advance(1);
  expect(await metrics.body('openMetrics')).not.toBe(first[0]);
  expect(made).toBe(3);
});

it('what is told ages by its own time, whatever becomes of the host\'s clock', async () => {
  const clock = new ManualClock(1_800_000_000_000);
  const listeners: ((sample: Sample) => void)[] = [];
  const metrics = new Metrics({
    info: { version: '1', protocol: 3, driver: 'proxy', hostname: 'lb', startedAtMs: 0 }, byteKind: 'payloadBytes', clock,
    accepted: () => [], state: () => null, checker: () => ({ targets: 0, late: null, braked: null }), journalBacklog: () => 0, standingOf: () => null,
    listen: (onSample) => { listeners.push(onSample); return () => undefined; },
  });
  const unnamed = async (): Promise<unknown> => (
    parseExposition(Buffer.concat([...await metrics.body('openMetrics')]).toString(), true).get('weir_unnamed_services')?.samples.map(({ value }) => value));
  metrics.start();
  // The clock was an hour ahead when it was measured, and behind when it was told.
  for (const listener of listeners) listener({ measuredAtMs: clock.nowMs() + 3_600_000, services: [] });
  clock.advance(10_000);
  expect(await unnamed()).toEqual([0]);
  clock.advance(1_000);
  expect(await unnamed()).toEqual([]);
});

it('an agent that is told nothing of metrics listens nowhere for them, and one whose port is taken says which option it was', async () => {
  const { agent } = await enrolledAgent();
  expect(agent.metricsPort).toBeNull();
  const metrics = { host: '127.0.0.1', port: agent.port, tokenFile: join(await temporaryFolder(), 'token') };
  await expect(runAgent({ metrics })).rejects.toThrow(/another program has the port\. Choose one with --metrics$/);
});
