// Which origins are the panel's own, and what a panel with a certificate does differently.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import type { JsonGeneralName } from '@peculiar/x509';
import { pino } from 'pino';
import { Agent, fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../env.ts';
import { originsOf } from './origins.ts';
import { startPanel } from '../panel.ts';
import { createPerson, hashPassword } from '../people/accounts.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { migrationsDir } from '../testing/migrations.ts';
import { password } from '../testing/panel.ts';

async function selfSigned(names: JsonGeneralName[]): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=test',
    signingAlgorithm: algorithm,
    keys,
    extensions: names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: made.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n` };
}

describe('the origins of a panel', () => {
  it('on loopback are all of its names', () => {
    expect(originsOf({ host: '127.0.0.1', port: 9347, certificate: null, origin: null }))
      .toEqual(['http://127.0.0.1:9347', 'http://localhost:9347', 'http://[::1]:9347']);
    expect(originsOf({ host: '127.0.0.9', port: 80, certificate: null, origin: null })[0]).toBe('http://127.0.0.9');
  });

  it('behind a proxy are the proxy\'s alone', () => {
    expect(originsOf({ host: '0.0.0.0', port: 9347, certificate: null, origin: 'https://weir.example.org' })).toEqual(['https://weir.example.org']);
  });

  it('with a certificate are the names in it', async () => {
    const { cert } = await selfSigned([
      { type: 'dns', value: 'weir.example.org' }, { type: 'dns', value: '*.example.org' }, { type: 'ip', value: '192.0.2.1' },
    ]);
    expect(originsOf({ host: '0.0.0.0', port: 443, certificate: cert, origin: null })).toEqual(['https://weir.example.org', 'https://192.0.2.1']);
  });

  it('must be told when neither host nor certificate has a name', async () => {
    const { cert } = await selfSigned([]);
    expect(() => originsOf({ host: '::', port: 443, certificate: cert, origin: null })).toThrow('say with WEIR_ORIGIN what browsers call the panel');
  });
});

describe('a panel with a certificate', () => {
  let server: TestServer;
  let dir: string;

  beforeAll(async () => {
    server = await openTestServer();
    dir = await mkdtemp(path.join(tmpdir(), 'weir-tls-'));
  });
  afterAll(async () => {
    await server.remove();
    await rm(dir, { recursive: true });
  });

  it('serves https only, with Secure cookies', async () => {
    const { cert, key } = await selfSigned([{ type: 'ip', value: '127.0.0.1' }]);
    const files = { WEIR_TLS_CERT: path.join(dir, 'cert.pem'), WEIR_TLS_KEY: path.join(dir, 'key.pem') };
    await writeFile(files.WEIR_TLS_CERT, cert);
    await writeFile(files.WEIR_TLS_KEY, key);
    const panel = await startPanel({
      config: readConfig({ NODE_ENV: 'test', DATABASE_URL: await server.createDatabase(), WEIR_DATA: dir, WEIR_PORT: '0', ...files }),
      logger: pino({ level: 'silent' }),
      openPages: () => Promise.resolve(() => Promise.resolve()),
      migrationsDir,
      onLost: () => undefined,
    });
    const dispatcher = new Agent({ connect: { ca: cert } });
    try {
      const [origin] = panel.origins;
      expect(origin).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      const email = 'ann@example.org';
      await createPerson(panel.services.db, { name: 'Ann', email, role: 'viewer', passwordHash: await hashPassword(password) });
      const response = await fetch(`${origin}/api/auth/sign-in/email`, {
        method: 'POST', dispatcher, body: JSON.stringify({ email, password }), headers: { origin, 'content-type': 'application/json' },
      });
      expect(response.status).toBe(200);
      expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-weir\.session_token=.+; Secure/);
      expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
      const [cookie = ''] = response.headers.getSetCookie()[0]?.split(';') ?? [];
      const me = await fetch(`${origin}/api/auth/get-session`, { dispatcher, headers: { cookie } });
      expect(await me.json()).toMatchObject({ user: { email } });
      await expect(fetch(origin.replace('https', 'http'))).rejects.toThrow('fetch failed');
    } finally {
      await panel.close();
      await dispatcher.close();
    }
  });
});
