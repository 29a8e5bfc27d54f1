import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Probe } from '@weir/model';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openProbes } from './open.ts';
import type { ProbesOptions } from './open.ts';
import type { Answer, Probes, ProbeTarget } from './probes.ts';
import { authorityFile, makeAuthority, temporaryFolder } from './testing/certificates.ts';
import { dnsReply } from './testing/dns-reply.ts';
import { illServer, listening } from './testing/ill-server.ts';
import { authority, HTTP, TLS } from './testing/subjects.ts';

const PATIENT_MS = 20_000;
const SHORT_MS = 500;

async function open(options: Partial<ProbesOptions> = {}): Promise<Probes> {
  const probes = await openProbes({ checksFolder: '/nowhere', certificatesFolder: '/nowhere', authorities: [await authorityFile(await authority())], ...options });
  onTestFinished(() => probes.close());
  return probes;
}

const wordOf = ({ result }: Answer): string => (result.kind === 'good' ? 'good' : result.failure);
const at = (target: Partial<ProbeTarget> & Pick<ProbeTarget, 'port'>): ProbeTarget => ({ rip: '127.0.0.1', source: null, path: null, ...target });

async function run(probe: Probe, target: Partial<ProbeTarget> & Pick<ProbeTarget, 'port'>, { timeoutMs = PATIENT_MS, ...options }: Partial<ProbesOptions> & { timeoutMs?: number } = {}): Promise<Answer> {
  return (await open(options)).run(probe, at(target), timeoutMs);
}

beforeAll(() => authority());

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function udpServer(heard: (socket: UdpSocket, datagram: Buffer, port: number) => void): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (datagram, from) => heard(socket, datagram, from.port));
  await new Promise<void>((resolve) => { socket.bind(0, '127.0.0.1', resolve); });
  onTestFinished(() => void socket.close());
  return socket.address().port;
}

const addresses = (query: Buffer): Buffer => dnsReply(query, ['192.0.2.1', '192.0.2.7']);

describe('by UDP', () => {
  const exchange: Probe = { type: 'exchange', transport: 'udp', send: 'hello', expect: { kind: 'text', text: 'world' } };
  const dns: Probe = { type: 'dns', transport: 'udp', name: 'shop.example', record: 'A', answer: '192.0.2.7' };

  it.each<[string, Probe, (query: Buffer) => Buffer, string]>([
    ['a good answer', exchange, () => Buffer.from('the world'), 'good'],
    ['any answer', { ...exchange, expect: null }, () => Buffer.alloc(0), 'good'],
    ['another answer', exchange, () => Buffer.from('no'), 'wrongAnswer'],
    ['the record', dns, addresses, 'good'],
    ['another record', { ...dns, answer: '192.0.2.9' }, addresses, 'wrongAnswer'],
    ['any record', { ...dns, answer: null }, (query) => dnsReply(query, []), 'good'],
    ['an error', { ...dns, answer: null }, (query) => dnsReply(query, [], 2), 'wrongAnswer'],
    ['garbage', dns, () => Buffer.from('garbage'), 'badAnswer'],
    ['an answer to another question', dns, (query) => addresses(Buffer.concat([Buffer.from([query[0]! ^ 1]), query.subarray(1)])), 'badAnswer'],
  ])('tells %s', async (_name, probe, answer, wanted) => {
    const port = await udpServer((socket, query, to) => socket.send(answer(query), to, '127.0.0.1'));
    const ask = async (): Promise<string> => wordOf(await run(probe, { port }, { timeoutMs: wanted === 'good' ? PATIENT_MS : SHORT_MS }));
    await expect.poll(ask, { timeout: PATIENT_MS }).toBe(wanted);
  });

  it('tells silence from a refusal', async () => {
    const port = await udpServer(() => undefined);
    expect(wordOf(await run({ ...exchange, expect: null }, { port }, { timeoutMs: SHORT_MS }))).toBe('nothingReceived');
    expect(wordOf(await run(exchange, { port }, { timeoutMs: SHORT_MS }))).toBe('timeout');
    expect(wordOf(await run(dns, { port }, { timeoutMs: SHORT_MS }))).toBe('timeout');
    expect(wordOf(await run(exchange, { port: await closedPort() }))).toBe('refused');
    expect(wordOf(await run(dns, { port: await closedPort() }))).toBe('refused');
  });
});

describe('what comes back from the network', () => {
  it('is a refusal where nothing listens, for every type that connects', async () => {
    const port = await closedPort();
    const all: readonly Probe[] = [
      { type: 'tcp' }, HTTP, { ...HTTP, tls: TLS }, { type: 'tls', tls: TLS }, { type: 'agent', path: null },
      { type: 'dns', transport: 'tcp', name: 'x', record: 'A', answer: null }, { type: 'exchange', transport: 'tcp', send: null, expect: null },
    ];
    for (const probe of all) expect(wordOf(await run(probe, { port }))).toBe('refused');
  });

  it('leaves from the source that is asked for, and says where that is not this host’s', async () => {
    let from: string | undefined;
    const server = await listening(createServer((socket) => { from = socket.remoteAddress; }));
    expect(wordOf(await run({ type: 'tcp' }, { port: server.port, source: '127.0.0.9' }))).toBe('good');
    await expect.poll(() => from).toBe('127.0.0.9');
    expect(wordOf(await run({ type: 'tcp' }, { port: server.port, source: '192.0.2.1' }))).toBe('sourceAddress');
    expect(wordOf(await run({ type: 'dns', transport: 'udp', name: 'x', record: 'A', answer: null }, { port: server.port, source: '192.0.2.1' }))).toBe('sourceAddress');
    expect(wordOf(await run({ type: 'tcp' }, { port: server.port, source: '::1' }))).toBe('sourceAddress');
  });
});

async function web(): Promise<{ readonly port: number; readonly requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const { port } = await listening(createHttpServer((request, response) => {
    requests.push(request);
    if (request.url === '/moved') return void response.writeHead(302, { Location: '/health' }).end();
    response.setHeader('Set-Cookie', 'session=s3cret').end(`all is well, ${String(request.headers['x-token'])} ${String(request.headers.authorization)}`);
  }));
  return { port, requests };
}

describe('HTTP', () => {
  it('asks with host, method and headers, on a connection of its own', async () => {
    const { port, requests } = await web();
    const headers = [{ name: 'X-Token', value: 'häß', secret: false }, { name: 'Connection', value: 'keep-alive', secret: false }];
    expect(wordOf(await run({ ...HTTP, method: 'POST', headers }, { port }))).toBe('good');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/health', headers: { host: 'shop.example', 'content-length': '0' } });
    expect(Buffer.from(String(requests[0]?.headers['x-token']), 'latin1').toString()).toBe('häß');
    expect(wordOf(await run({ ...HTTP, host: null, method: 'HEAD', body: null }, { port }))).toBe('good');
    expect(requests[1]?.headers.host).toBe(`127.0.0.1:${port}`);
  });

  it('follows no redirect', async () => {
    const { port, requests } = await web();
    const answer = await run({ ...HTTP, path: '/moved' }, { port });
    expect(answer.result).toEqual({ kind: 'failed', failure: 'wrongStatus', detail: '302' });
    expect(requests).toHaveLength(1);
  });

  it('shows what was sent, wanted and received, and no secret of it', async () => {
    const { port } = await web();
    const headers = [{ name: 'X-Token', value: 'top-secret-1', secret: true }, { name: 'Authorization', value: 'Bearer abc-42', secret: false }];
    const answer = await run({ ...HTTP, headers }, { port });
    expect(answer.sent).toMatch(/^GET \/health HTTP\/1\.1\nHost: shop\.example\n[^]*X-Token: •••\nAuthorization: •••$/);
    expect(answer.expected).toBe('200–299\nall is well');
    expect(answer.received).toMatch(/^HTTP\/1\.1 200 OK\n[^]*Set-Cookie: •••\n[^]*\n\nall is well, ••• •••$/);
    expect(JSON.stringify(answer)).not.toMatch(/secret-1|abc-42|s3cret/);
  });
});

describe('TLS', () => {
  it('tells an end that is near, a name that is not in it, an authority that nobody trusts, and when it ends', async () => {
    const soon = await (await authority()).issue({ names: ['shop.example', '127.0.0.1'], days: 5 });
    const { port } = await listening(createHttpsServer(soon, (_request, response) => response.end('all is well')));
    const ask = (tls: Partial<typeof TLS>): Promise<Answer> => run({ type: 'tls', tls: { ...TLS, endsAfterDays: null, ...tls } }, { port });
    expect(wordOf(await ask({}))).toBe('good');
    expect(wordOf(await ask({ name: null }))).toBe('good');
    expect(wordOf(await ask({ name: 'other.example' }))).toBe('certificateName');
    expect(wordOf(await ask({ name: 'other.example', verify: false }))).toBe('good');
    const ends = await ask({ endsAfterDays: 10 });
    expect(wordOf(ends)).toBe('certificateEnds');
    expect(Math.abs((ends.certificateEndsAtMs ?? 0) - Date.now() - 5 * 86_400_000)).toBeLessThan(3_600_000);
    const strangers = [await authorityFile(await makeAuthority())];
    expect(wordOf(await run({ ...HTTP, tls: TLS }, { port }, { authorities: strangers }))).toBe('certificateNotTrusted');
  });

  it('presents the certificate of its folder, also after it was renewed, and says where there is none', async () => {
    const ca = await authority();
    const folder = await temporaryFolder();
    const { port } = await listening(createHttpsServer({ ...await ca.issue({ names: ['shop.example'] }), ca: ca.cert, requestCert: true, rejectUnauthorized: true }, (_request, response) => response.end('all is well')));
    const probes = await open({ certificatesFolder: folder });
    const ask = async (clientCertificate: string | null): Promise<string> => wordOf(await probes.run({ ...HTTP, tls: { ...TLS, clientCertificate } }, at({ port }), PATIENT_MS));
    expect(await ask('own')).toBe('noClientCertificate');
    await writeFile(join(folder, 'own.pem'), 'no certificate');
    expect(await ask('own')).toBe('noClientCertificate');
    const { cert, key } = await ca.issue({ names: ['director'] });
    await writeFile(join(folder, 'own.pem'), `${cert}\n${key}`);
    expect(await ask('own')).toBe('good');
    // An alert, or the end of the connection where that is faster.
    expect(await ask(null)).toMatch(/^(tlsFailed|closed|reset)$/);
  });
});

const says = async (words: string): Promise<Answer['result']> => {
  const talk = { asked: null, ends: false, good: () => Buffer.from(words), wrong: () => Buffer.alloc(0), flood: { begin: Buffer.alloc(0), again: Buffer.alloc(1) } };
  return (await run({ type: 'agent', path: null }, { port: (await illServer('good', talk)).port })).result;
};
const good = (weightPercent: number | null): Answer['result'] => ({ kind: 'good', weightPercent });

it('takes the weight that an agent asks for', async () => {
  for (const [words, result] of [
    ['75%\n', good(75)], ['ready up\r\n', good(null)], ['UP, 250% maxconn:30\n', good(100)], ['drain\n', good(0)], ['maint 50%\n', good(0)], ['0%\n', good(0)],
    ['down # disk is full\n', { kind: 'failed', failure: 'saysDown', detail: 'down: disk is full' }], ['fail\n', { kind: 'failed', failure: 'saysDown', detail: 'fail' }],
    ['up stopped\n', { kind: 'failed', failure: 'saysDown', detail: 'stopped' }], ['hello # up\n', { kind: 'failed', failure: 'badAnswer', detail: null }],
  ] as const) expect(await says(words)).toEqual(result);
});

async function checks(scripts: Readonly<Record<string, { readonly text: string; readonly mode?: number }>>): Promise<string> {
  const folder = join(await temporaryFolder(), 'checks.d');
  await chmod(join(folder, '..'), 0o755);
  await mkdir(folder, { mode: 0o755 });
  for (const [name, { text, mode = 0o755 }] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), mode);
  }
  return folder;
}
const script = (file: string): Probe => ({ type: 'script', file, arguments: [] });

describe.skipIf(process.getuid?.() !== 0)('scripts', () => {
  it('are run only where nobody but root can change them', async () => {
    const checksFolder = await checks({ fine: { text: 'exit 0' }, open: { text: 'exit 0', mode: 0o775 }, still: { text: 'exit 0', mode: 0o644 } });
    await symlink('/bin/true', join(checksFolder, 'elsewhere'));
    expect(await (await open({ checksFolder })).scripts()).toEqual([
      { file: 'elsewhere', refusedBecause: 'notAFile' }, { file: 'fine', refusedBecause: null }, { file: 'open', refusedBecause: 'writable' }, { file: 'still', refusedBecause: 'notExecutable' },
    ]);
    expect(wordOf(await run(script('fine'), { port: 80 }, { checksFolder }))).toBe('good');
    expect(wordOf(await run(script('open'), { port: 80 }, { checksFolder }))).toBe('scriptNotSafe');
    expect(wordOf(await run(script('missing'), { port: 80 }, { checksFolder }))).toBe('scriptMissing');
    await chmod(checksFolder, 0o777);
    expect(wordOf(await run(script('fine'), { port: 80 }, { checksFolder }))).toBe('scriptNotSafe');
  });

  it('fail with their code and what they said, up to a bound', async () => {
    const checksFolder = await checks({ fails: { text: 'echo out; echo "no \\$HOME: ${HOME-none}" >&2; exit 3' }, floods: { text: 'head -c 3000000 /dev/zero; exit 4' }, hangs: { text: 'sleep 4712 & sleep 4712' } });
    const answer = await run(script('fails'), { port: 80 }, { checksFolder });
    expect(answer.result).toEqual({ kind: 'failed', failure: 'scriptFailed', detail: 'exit code 3' });
    expect(answer.received).toContain('none');
    expect((await run(script('floods'), { port: 80 }, { checksFolder })).result).toMatchObject({ detail: 'exit code 4' });
    expect(wordOf(await run(script('hangs'), { port: 80 }, { checksFolder, timeoutMs: SHORT_MS }))).toBe('timeout');
  });
});
