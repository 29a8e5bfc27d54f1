// Sends a message by e-mail. What stands in its headers was written by people: it is one line, whatever they wrote.
import { createTransport } from 'nodemailer';
import type { MailServer as MailServerRow } from '../../db/generated/client.ts';
import { codeOfError, shownBody } from './answer.ts';
import type { Came } from './answer.ts';

export interface ToMail {
  readonly deliveryId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly deadlineMs: number;
  /** The panel ends. */
  readonly ending: AbortSignal;
}

const subjectMax = 250;

/** Names may hold anything that was let in before: no line of a header begins or ends with them. */
export function headerLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim().slice(0, subjectMax);
}

/** Of an SMTP server's refusal. */
function refusal(error: unknown): { readonly status: number | null; readonly said: string | null } {
  if (!(error instanceof Error)) return { status: null, said: null };
  const status: unknown = Reflect.get(error, 'responseCode');
  const said: unknown = Reflect.get(error, 'response');
  return { status: typeof status === 'number' ? status : null, said: typeof said === 'string' ? said : null };
}

function came(error: unknown): Came {
  const { status, said } = refusal(error);
  const body = said === null ? null : shownBody(Buffer.from(said));
  const code = codeOfError(error);
  if (status === null || code === 'mailSignIn' || code === 'tls') return { code, status, body };
  return { code: status >= 500 ? 'mailRefused' : 'mailLater', status, body };
}

/** Where some addresses are refused for good and others were taken, it was sent; where some may be taken later, all are tried again. */
function cameOf({ response, rejectedErrors = [] }: { readonly response: string; readonly rejectedErrors?: readonly Error[] | undefined }): Came {
  const later = rejectedErrors.map(came).find(({ code }) => code !== 'mailRefused');
  if (later !== undefined) return later;
  const status = Number.parseInt(response, 10);
  const said = [...rejectedErrors.map((error) => refusal(error).said ?? error.message), response].join('\n');
  return { code: 'ok', status: Number.isNaN(status) ? null : status, body: shownBody(Buffer.from(said)) };
}

export async function sendMail(server: MailServerRow, { deliveryId, to, subject, text, deadlineMs, ending }: ToMail): Promise<Came> {
  const { host, port, security, user, password, from } = server;
  const transport = createTransport({
    host, port, secure: security === 'tls', requireTLS: security === 'startTls', ignoreTLS: security === 'none',
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: deadlineMs, greetingTimeout: deadlineMs, socketTimeout: deadlineMs, dnsTimeout: deadlineMs, socketCloseTimeout: 0,
    disableFileAccess: true, disableUrlAccess: true,
  });
  try {
    const domain = from.slice(from.lastIndexOf('@') + 1);
    const info = await transport.sendMail({
      from: { name: 'Weir', address: from }, to: [...to], subject: headerLine(`[Weir] ${subject}`), text, messageId: `<${deliveryId}@${domain}>`,
      headers: { 'Weir-Delivery': deliveryId, 'Auto-Submitted': 'auto-generated' }, signal: AbortSignal.any([ending, AbortSignal.timeout(deadlineMs)]),
    });
    return cameOf(info);
  } catch (error) {
    const failed = came(error);
    // A certificate that is not trusted breaks the socket, and has no code of its own here.
    return failed.code === 'failed' && security === 'tls' ? { ...failed, code: 'tls' } : failed;
  } finally {
    transport.close();
  }
}
