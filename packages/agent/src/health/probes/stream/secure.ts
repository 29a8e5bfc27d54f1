// TLS over a connection that is open, and what the certificate that comes back is worth.
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { X509Certificate } from 'node:crypto';
import type { ProbeTls } from '@weir/model';
import type { Attempt, Failure } from '../attempt/attempt.ts';
import { failureOf } from '../attempt/failure-of.ts';

const DAY_MS = 86_400_000;

export interface Securing {
  readonly tls: ProbeTls;
  readonly context: SecureContext;
  readonly rip: string;
  readonly nowMs: number;
}

function isFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
}

/** Null: nothing is wrong with it. */
function faultOf(certificate: X509Certificate, authorizationError: string | null, { tls, rip, nowMs }: Securing): Failure | null {
  const endsAtMs = Date.parse(certificate.validTo);
  const ends = `it ends on ${certificate.validTo}`;
  if (tls.verify && authorizationError === 'CERT_HAS_EXPIRED') return { failure: 'certificateEnds', detail: ends };
  if (tls.verify && authorizationError !== null) return { failure: 'certificateNotTrusted', detail: authorizationError };
  const name = tls.name ?? rip;
  if (tls.verify && !isFor(certificate, name)) {
    return { failure: 'certificateName', detail: `${name} is not in it: ${certificate.subjectAltName ?? certificate.subject}` };
  }
  const tooSoon = tls.endsAfterDays !== null && endsAtMs - nowMs < tls.endsAfterDays * DAY_MS;
  return tooSoon ? { failure: 'certificateEnds', detail: ends } : null;
}

/** Node gives the code of what is wrong, against its types. */
function codeOf(authorizationError: unknown): string | null {
  return authorizationError instanceof Error ? authorizationError.message : typeof authorizationError === 'string' ? authorizationError : null;
}

/** `ready` gets it once it is secure and its certificate is as it should be. */
export function secured(attempt: Attempt, socket: Socket, securing: Securing, ready: (secure: TLSSocket) => void): void {
  const { tls, context } = securing;
  const secure = connect({
    socket, secureContext: context, rejectUnauthorized: false, checkServerIdentity: () => undefined,
    ...(tls.name !== null && isIP(tls.name) === 0 && { servername: tls.name }),
  });
  attempt.atEnd(() => {
    secure.destroy();
    // A reset beneath TLS would take the process with it.
    socket.destroy();
  });
  secure.on('error', (error) => attempt.fail(failureOf(error)));
  secure.once('secureConnect', attempt.guard(() => {
    const certificate = secure.getPeerX509Certificate();
    if (certificate === undefined) return attempt.fail({ failure: 'tlsFailed', detail: 'no certificate was shown' });
    const endsAtMs = Date.parse(certificate.validTo);
    attempt.certificateEndsAtMs = endsAtMs >= 0 ? endsAtMs : null;
    const fault = faultOf(certificate, codeOf(secure.authorizationError), securing);
    if (fault !== null) return attempt.fail(fault);
    // From here on only what is inside of TLS counts.
    attempt.late = () => ({ failure: secure.bytesRead > 0 ? 'dripping' : 'nothingReceived' });
    ready(secure);
  }));
}
