// An authority of the tests' own, and certificates of its making.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { onTestFinished } from 'vitest';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  readonly cert: string;
  issue(order: { readonly names: readonly string[]; readonly days?: number }): Promise<Certificate>;
}

async function keys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----\n`;
}

export async function makeAuthority(): Promise<Authority> {
  const own = await keys();
  const root = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=authority', notBefore: new Date(0), notAfter: new Date(Date.now() + 100 * DAY_MS), signingAlgorithm: ALGORITHM, keys: own,
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  }, crypto);
  return {
    cert: root.toString('pem'),
    async issue({ names, days = 30 }) {
      const pair = await keys();
      const certificate = await X509CertificateGenerator.create({
        subject: 'CN=server', issuer: root.subject, notBefore: new Date(0), notAfter: new Date(Date.now() + days * DAY_MS),
        signingAlgorithm: ALGORITHM, publicKey: pair.publicKey, signingKey: own.privateKey,
        extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })))],
      }, crypto);
      return { cert: certificate.toString('pem'), key: await pem(pair.privateKey) };
    },
  };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-probes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** As a file, where the host's authorities would be. */
export async function authorityFile({ cert }: Authority): Promise<string> {
  const path = join(await temporaryFolder(), 'authorities.crt');
  await writeFile(path, cert);
  return path;
}
