// What a stranger, or a broken panel, can send to the agent's door.
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { connect as connectPlain } from 'node:net';
import { AgentFault } from '@weir/protocol';
import { Agent, fetch } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolledAgent, runAgent } from './testing/bench.ts';
import type { Bench } from './testing/bench.ts';

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

async function connected(address: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: portOf(address), rejectUnauthorized: false, ...options });
  onTestFinished(() => { socket.destroy(); });
  await new Promise<void>((resolve, reject) => { socket.once('secureConnect', resolve).once('error', reject); });
  return socket;
}

function ending(socket: TLSSocket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (part) => { text += part.toString(); }).on('error', () => undefined).on('close', () => resolve(text));
  });
}

interface Answer {
  readonly status: number;
  readonly fault: AgentFault;
}

async function send({ agent, panel }: Bench, path: string, init: Parameters<typeof fetch>[1] = {}): Promise<Answer> {
  const answer = await fetch(`https://${agent.address}/${path}`, { ...init, dispatcher: panel.dispatcher });
  const body = await answer.json() as { readonly error: { readonly data: { readonly fault: unknown } } };
  return { status: answer.status, fault: AgentFault.parse(body.error.data.fault) };
}

const json = { 'content-type': 'application/json' };

describe('the door', () => {
  it('answers what is not a request of the protocol with a fault that says so', async () => {
    const bench = await enrolledAgent();
    const answers = await Promise.all([
      send(bench, 'applyChange', { method: 'POST', headers: json, body: '{"clusterId":' }),
      send(bench, 'applyChange', { method: 'POST', headers: json, body: '"a text"' }),
      send(bench, 'applyChange', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' }),
      send(bench, 'frobnicate'),
      send(bench, ''),
      send(bench, 'hello,state?batch=1'),
      send(bench, 'applyChange'),
      send(bench, 'connections?input=%7B%22limit%22%3A99999999%7D'),
      send(bench, '__proto__'),
    ]);
    expect(answers.map(({ fault }) => fault.code)).toEqual(answers.map(() => 'badRequest'));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 415, 404, 404, 400, 405, 400, 404]);
    expect(answers[7]?.fault.params).toMatchObject({ field: 'limit' });
    expect(await bench.client.hello.query()).toMatchObject({ directorId: 'director-1' });
  });

  it('refuses a field of a definition that does not fit by its path', async () => {
    const bench = await enrolledAgent();
    const definition = { schema: 1, name: 'x', directors: [], vips: [{ address: 'not an address', holder: null }], services: [] };
    const { fault } = await send(bench, 'plan', { method: 'POST', headers: json, body: JSON.stringify({ clusterId: 'c', revision: 1, definition }) });
    expect(fault).toMatchObject({ code: 'badRequest', params: { field: 'definition.vips.0.address' } });
  });

  it('refuses more than 32 MiB from its panel', async () => {
    const bench = await enrolledAgent();
    const body = `{"clusterId":"${'x'.repeat(33 * 1_048_576)}"}`;
    expect(await send(bench, 'plan', { method: 'POST', headers: json, body })).toMatchObject({ status: 413, fault: { code: 'badRequest' } });
  });

  it('refuses more than 16 KiB from a stranger', async () => {
    const agent = await runAgent();
    const { panel } = await enrolledAgent();
    const body = JSON.stringify({ secret: 'x'.repeat(20_000) });
    const answer = await fetch(`https://${agent.address}/enrol`, { method: 'POST', headers: json, body, dispatcher: panel.dispatcher });
    expect(answer.status).toBe(413);
  });

  it('speaks TLS 1.3 and nothing older', async () => {
    const { address } = await runAgent();
    await expect(connected(address, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
    expect((await connected(address)).getProtocol()).toBe('TLSv1.3');
  });

  it('ends a connection that sends its header too slowly', async () => {
    const { address } = await runAgent();
    const socket = await connected(address);
    const ended = ending(socket);
    socket.write('GET /hello HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => socket.write('X-Drip: 1\r\n'), 500);
    expect(await ended).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('ends a connection that sends nothing, before and after the handshake', async () => {
    const { address } = await runAgent();
    const silent = ending(await connected(address));
    const plain = connectPlain(portOf(address), '127.0.0.1');
    const plainEnded = new Promise((resolve) => { plain.on('error', () => undefined).on('close', resolve); });
    expect(await Promise.all([silent, plainEnded])).toEqual([expect.stringMatching(/^HTTP\/1\.1 408 /), false]);
  });

  it('ends what is not HTTP, and lives', async () => {
    const { address } = await runAgent();
    const socket = await connected(address);
    const ended = ending(socket);
    socket.write(Buffer.from(Array.from({ length: 4_096 }, (_, i) => i % 251)));
    expect(await ended).toMatch(/^HTTP\/1\.1 400 /);
    const long = await connected(address);
    const longEnded = ending(long);
    long.write(`GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(await longEnded).toMatch(/^HTTP\/1\.1 431 /);
    const odd = await connected(address);
    const oddEnded = ending(odd);
    odd.write('GET http://[::1 HTTP/1.1\r\nHost: %%%\r\nConnection: close\r\n\r\n');
    expect(await oddEnded).toMatch(/^HTTP\/1\.1 403 .*notEnrolled/s);
  });

  it('lets the panel in while strangers hold more connections open than there may be', async () => {
    const { agent, panel, client } = await enrolledAgent();
    const stream = panel.stream(agent.address);
    await expect.poll(() => stream.events.length, { timeout: 5_000 }).toBeGreaterThan(0);
    const strangers = Array.from({ length: 100 }, () => connectPlain(portOf(agent.address), '127.0.0.1').on('error', () => undefined));
    onTestFinished(() => { for (const stranger of strangers) stranger.destroy(); });
    await Promise.all(strangers.map((stranger) => once(stranger, 'connect')));
    // A connection of its own, which none of before can stand in for.
    const late = new Agent({ connect: { key: panel.privateKeyPem, cert: panel.certificatePem, rejectUnauthorized: false } });
    onTestFinished(() => late.destroy());
    const answer = await fetch(`https://${agent.address}/hello`, { dispatcher: late });
    expect(answer.status).toBe(200);
    expect(await client.hello.query()).toMatchObject({ directorId: 'director-1' });
    expect(stream.errors).toEqual([]);
  });
});
