// The agent's own key, and a certificate around it. Panels pin the key, so the certificate is made anew at each start.
import 'reflect-metadata';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyHash } from '@weir/protocol';
import { X509CertificateGenerator } from '@peculiar/x509';
import { createWhole, damaged, readText } from '../disk/whole-file.ts';

export interface Identity {
  readonly keyHash: KeyHash;
  readonly keyPem: string;
  readonly certificatePem: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** RFC 5280, 4.1.2.5: the date of a certificate that has no end. */
const NO_END = new Date('9999-12-31T23:59:59Z');

/** SHA-256 over the public key (SPKI, DER), in hex. */
export function keyHashOf(publicKey: KeyObject): KeyHash {
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
}

/** A self-signed certificate around the key. */
export async function certificateOf(key: KeyObject): Promise<string> {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=weir-agent',
    notBefore: new Date(0),
    notAfter: NO_END,
    signingAlgorithm: ALGORITHM,
    keys: {
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
      publicKey: await crypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
    },
  }, crypto);
  return certificate.toString('pem');
}

function keyIn(path: string, pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (error) {
    throw damaged(path, 'no private key', { cause: error });
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw damaged(path, 'no key on the curve P-256');
  return key;
}

/** Reads the key of this agent; makes one where there is none yet. */
export async function loadIdentity(path: string): Promise<Identity> {
  if (await readText(path) === null) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await createWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  const keyPem = await readText(path) ?? '';
  const key = keyIn(path, keyPem);
  return { keyPem, keyHash: keyHashOf(createPublicKey(key)), certificatePem: await certificateOf(key) };
}
