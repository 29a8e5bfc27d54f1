// TLS as the director's host trusts it: its certificate authorities, and the certificates that its agent presents.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { Failure } from '../attempt/attempt.ts';

/** Where distributions keep them: Debian, Fedora, SUSE, Alpine. */
const AUTHORITIES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];
/** Beyond that it is no certificate with its key. */
const LONGEST_FILE = 262_144;
const MOST_CONTEXTS = 200;

interface Kept {
  readonly version: string;
  readonly context: SecureContext;
}

async function versionOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? `${path} ${found.ino} ${found.size} ${found.mtimeMs}` : null;
}

export class Trust {
  readonly #certificatesFolder: string;
  readonly #authorities: readonly string[];
  readonly #kept = new Map<string, Kept>();

  constructor(certificatesFolder: string, authorities: readonly string[] = AUTHORITIES) {
    this.#certificatesFolder = certificatesFolder;
    this.#authorities = authorities;
  }

  /** Made anew when a file of it has changed: certificates are renewed while the agent runs. */
  async context(clientCertificate: string | null, verify: boolean): Promise<SecureContext | Failure> {
    const authorities = verify ? await this.#authority() : null;
    const file = clientCertificate === null ? null : join(this.#certificatesFolder, `${clientCertificate}.pem`);
    const own = file === null ? null : await versionOf(file);
    if (file !== null && own === null) return { failure: 'noClientCertificate', detail: `${file} is not there` };
    const key = `${String(verify)} ${clientCertificate ?? ''}`;
    const version = `${authorities?.version ?? ''} ${own ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept?.version === version) return kept.context;
    try {
      const context = await this.#make(authorities?.path ?? null, file);
      if (this.#kept.size >= MOST_CONTEXTS) this.#kept.clear();
      this.#kept.set(key, { version, context });
      return context;
    } catch (error) {
      // The authorities are the host's own affair, and nothing can be said of a certificate without them.
      if (file === null) return { failure: 'unsupported', detail: `${authorities?.path ?? 'TLS'}: ${error instanceof Error ? error.message : String(error)}` };
      return { failure: 'noClientCertificate', detail: `${file}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  /** Null: the host keeps none, and those that Node brings count. */
  async #authority(): Promise<{ readonly path: string; readonly version: string } | null> {
    for (const path of this.#authorities) {
      const version = await versionOf(path);
      if (version !== null) return { path, version };
    }
    return null;
  }

  async #make(authorities: string | null, file: string | null): Promise<SecureContext> {
    const ca = authorities === null ? {} : { ca: await readFile(authorities) };
    if (file === null) return createSecureContext(ca);
    if ((await stat(file)).size > LONGEST_FILE) throw new Error(`is longer than ${LONGEST_FILE} bytes`);
    const own = await readFile(file);
    return createSecureContext({ ...ca, cert: own, key: own });
  }
}
