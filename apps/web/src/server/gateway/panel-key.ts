// The panel's own key, which agents pin: made once, kept in the data folder. The certificate around it is made anew at each start.
// The certificate library's containers need it before they are loaded.
import 'reflect-metadata';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import type { KeyHash } from '@weir/protocol';
import type { DataFolder } from '../data-folder.ts';
import { StartError } from '../errors.ts';

/** What the panel shows to agents. */
export interface PanelKey {
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly hash: KeyHash;
}

const fileName = 'panel-key.pem';
const curve = 'P-256';
const yearMs = 366 * 24 * 3_600_000;

export async function openPanelKey(folder: DataFolder, now: Date): Promise<PanelKey> {
  const kept = await folder.read(fileName);
  const keyPem = kept ?? newKey();
  if (kept === null) await folder.write(fileName, keyPem);
  const key = parseKey(keyPem, `${folder.dir}/${fileName}`);
  return { keyPem, certificatePem: await certificate(key, now), hash: spkiHash(createPublicKey(key)) };
}

/** SHA-256 of a public key as panel and agent pin it. */
export function spkiHash(publicKey: KeyObject): KeyHash {
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex');
}

function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch (error) {
    throw new StartError(`${file} holds no key that can be read: put the right file back, since directors obey only that key.`, { cause: error });
  }
  throw new StartError(`${file} holds a key of another kind: put the right file back, since directors obey only that key.`);
}

// Agents look at the key alone; the dates only have to satisfy TLS libraries.
async function certificate(privateKey: KeyObject, now: Date): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: curve, hash: 'SHA-256' };
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Weir panel',
    notBefore: new Date(now.getTime() - yearMs),
    notAfter: new Date(now.getTime() + 10 * yearMs),
    signingAlgorithm: algorithm,
    keys: {
      publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
      privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    },
  });
  return made.toString('pem');
}
