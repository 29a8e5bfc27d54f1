// HTTPS to exactly one key: undici's own fetch over connections whose server key was compared before the first byte of a request.
import { TLSSocket } from 'node:tls';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import type { KeyHash } from '@weir/protocol';
import { spkiHash } from '../panel-key.ts';
import type { PanelKey } from '../panel-key.ts';

export class KeyMismatch extends Error {
  override readonly name = 'KeyMismatch';
}

export interface PinnedFetchOptions {
  readonly panelKey: PanelKey;
  /** Of the one server this speaks to. */
  readonly serverKeyHash: KeyHash;
  readonly connectDeadlineMs: number;
  /** Until the answer begins. */
  readonly answerDeadlineMs: number;
  /** Between two pieces of the answer. */
  readonly silenceMs: number;
  /** Of one answer; null for a stream, which its reader bounds. */
  readonly answerBytesMax: number | null;
}

export interface PinnedFetch {
  readonly fetch: typeof undiciFetch;
  close(): Promise<void>;
}

const connectionsMax = 8;

export function createPinnedFetch(options: PinnedFetchOptions): PinnedFetch {
  const { panelKey, serverKeyHash } = options;
  const connect = buildConnector({
    key: panelKey.keyPem,
    cert: panelKey.certificatePem,
    minVersion: 'TLSv1.3',
    // The key is compared below, which says more than any certificate chain.
    rejectUnauthorized: false,
    // A resumed session would bring no certificate to compare.
    maxCachedSessions: 0,
    timeout: options.connectDeadlineMs,
  });
  const dispatcher = new Agent({
    connections: connectionsMax,
    headersTimeout: options.answerDeadlineMs,
    bodyTimeout: options.silenceMs,
    maxResponseSize: options.answerBytesMax ?? -1,
    connect: (target, callback) => connect(target, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (socket instanceof TLSSocket && keyOf(socket) === serverKeyHash) return callback(null, socket);
      socket.destroy();
      return callback(new KeyMismatch('the server has another key'), null);
    }),
  });
  return {
    fetch: (input, init) => undiciFetch(input, { ...init, dispatcher, redirect: 'error' }),
    close: () => dispatcher.destroy(),
  };
}

function keyOf(socket: TLSSocket): KeyHash | null {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : spkiHash(certificate.publicKey);
}
