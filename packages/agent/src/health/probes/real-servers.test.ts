import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Probe } from '@weir/model';
import { expect, it, onTestFinished } from 'vitest';
import { openProbes } from './open.ts';
import { authorityFile, makeAuthority, temporaryFolder } from './testing/certificates.ts';
import { freePort, isThere, startProgram } from './testing/real-server.ts';
import { HTTP, TLS } from './testing/subjects.ts';

const PATIENT_MS = 20_000;
const SHORT_MS = 1_000;

type Ask = (probe: Probe, port: number, timeoutMs?: number) => Promise<string>;

async function asking(authorities: readonly string[] = []): Promise<Ask> {
  const probes = await openProbes({ checksFolder: '/nowhere', certificatesFolder: '/nowhere', authorities });
  onTestFinished(() => probes.close());
  return async (probe, port, timeoutMs = PATIENT_MS) => {
    const { result } = await probes.run(probe, { rip: '127.0.0.1', port, source: null, path: null }, timeoutMs);
    return result.kind === 'good' ? 'good' : result.failure;
  };
}

const soon = { timeout: PATIENT_MS, interval: 100 };

it.skipIf(!isThere('nginx'))('nginx: pages, statuses, a body that drips, a connection that ends, TLS and client certificates', async () => {
  const [folder, port, secure, own, ca] = [await temporaryFolder(), await freePort(), await freePort(), await freePort(), await makeAuthority()];
  const certificate = await ca.issue({ names: ['shop.example'] });
  await mkdir(join(folder, 'www'));
  await writeFile(join(folder, 'www/long'), 'all is well'.repeat(1_000));
  for (const [name, text] of Object.entries({ cert: certificate.cert, key: certificate.key, ca: ca.cert })) await writeFile(join(folder, name), text);
  const tls = `ssl_certificate ${folder}/cert; ssl_certificate_key ${folder}/key;`;
  await writeFile(join(folder, 'nginx.conf'), `
    daemon off; user root; pid ${folder}/pid; error_log ${folder}/errors; events {}
    http {
      access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server {
        listen 127.0.0.1:${port}; root ${folder}/www;
        location = /health { return 200 "all is well"; } location = /moved { return 302 /health; } location = /full { return 503; }
        location = /silent { return 444; } location = /long { limit_rate 100; }
      }
      server { listen 127.0.0.1:${secure} ssl; ${tls} location / { return 200 "all is well"; } }
      server { listen 127.0.0.1:${own} ssl; ${tls} ssl_verify_client on; ssl_client_certificate ${folder}/ca; location / { return 200 "all is well"; } }
    }`);
  startProgram('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'errors')]);
  const ask = await asking([await authorityFile(ca)]);
  await expect.poll(() => ask(HTTP, port), soon).toBe('good');
  expect(await ask({ ...HTTP, path: '/moved' }, port)).toBe('wrongStatus');
  expect(await ask({ ...HTTP, path: '/full' }, port)).toBe('wrongStatus');
  expect(await ask({ ...HTTP, path: '/silent' }, port)).toBe('closed');
  await expect.poll(() => ask({ ...HTTP, path: '/long' }, port, SHORT_MS), soon).toBe('dripping');
  expect(await ask({ type: 'tcp' }, port)).toBe('good');
  expect(await ask({ ...HTTP, tls: TLS }, secure)).toBe('good');
  expect(await ask({ type: 'tls', tls: TLS }, secure)).toBe('good');
  expect(await ask({ type: 'tls', tls: { ...TLS, name: 'other.example' } }, secure)).toBe('certificateName');
  expect(await ask({ type: 'tls', tls: TLS }, port)).toBe('tlsFailed');
  expect(await ask({ ...HTTP, tls: null }, secure)).toBe('wrongStatus');
  // Without a certificate of one's own nginx answers 400.
  expect(await ask({ ...HTTP, tls: TLS }, own)).toBe('wrongStatus');
});

const dns = (name: string, record: Extract<Probe, { type: 'dns' }>['record'], answer: string | null, transport: 'udp' | 'tcp' = 'udp'): Probe => ({ type: 'dns', transport, name, record, answer });

it.skipIf(!isThere('dnsmasq'))('dnsmasq: records and errors, by UDP and TCP', async () => {
  const port = await freePort();
  startProgram('dnsmasq', [
    '--keep-in-foreground', `--port=${port}`, '--listen-address=127.0.0.1', '--bind-interfaces', '--no-resolv', '--no-hosts', '--user=root', '--pid-file=', '--conf-file=/dev/null',
    '--host-record=shop.example,192.0.2.7,2001:db8::7', '--local=/shop.example/', '--mx-host=shop.example,mail.shop.example,10', '--txt-record=shop.example,v=1 all',
    '--srv-host=_http._tcp.shop.example,shop.example,80,1,2', '--cname=www.shop.example,shop.example',
  ]);
  const ask = await asking();
  await expect.poll(() => ask(dns('shop.example', 'A', '192.0.2.7'), port), soon).toBe('good');
  for (const [name, record, answer] of [
    ['shop.example', 'AAAA', '2001:db8::7'], ['shop.example', 'MX', '10 mail.shop.example.'], ['shop.example', 'TXT', '"v=1 all"'],
    ['_http._tcp.shop.example', 'SRV', '1 2 80 shop.example.'], ['www.shop.example', 'A', '192.0.2.7'], ['www.shop.example', 'CNAME', 'SHOP.example.'],
  ] as const) expect([record, await ask(dns(name, record, answer), port)]).toEqual([record, 'good']);
  expect(await ask(dns('shop.example', 'A', '192.0.2.7', 'tcp'), port)).toBe('good');
  expect(await ask(dns('shop.example', 'A', '192.0.2.8'), port)).toBe('wrongAnswer');
  expect(await ask(dns('gone.shop.example', 'A', null), port)).toBe('wrongAnswer');
});

it.skipIf(!isThere('redis'))('Redis: an answer to PING, and one that wants a password', async () => {
  const [folder, open, locked] = [await temporaryFolder(), await freePort(), await freePort()];
  const options = ['--bind', '127.0.0.1', '--save', '', '--dir', folder];
  startProgram('redis', ['--port', String(open), ...options]);
  startProgram('redis', ['--port', String(locked), '--requirepass', 'secret', ...options]);
  const ask = await asking();
  const ping: Probe = { type: 'exchange', transport: 'tcp', send: String.raw`PING\r\n`, expect: { kind: 'pattern', pattern: '^\\+PONG' } };
  await expect.poll(() => ask(ping, open), soon).toBe('good');
  await expect.poll(() => ask(ping, locked, SHORT_MS), soon).toBe('wrongAnswer');
});
