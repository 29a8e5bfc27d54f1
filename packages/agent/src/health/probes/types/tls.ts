// TLS is spoken, and the certificate is as it should be.
import type { ProbeOf } from '@weir/model';
import { Attempt, notTried } from '../attempt/attempt.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { connected } from '../stream/connect.ts';
import { secured } from '../stream/secure.ts';
import type { Trust } from '../stream/trust.ts';

export async function probeTls({ tls }: ProbeOf<'tls'>, target: ProbeTarget, timeoutMs: number, trust: Trust): Promise<Answer> {
  const context = await trust.context(tls.clientCertificate, tls.verify);
  if ('failure' in context) return notTried(context);
  const attempt = new Attempt(timeoutMs);
  connected(attempt, target, (socket) => {
    secured(attempt, socket, { tls, context, rip: target.rip, nowMs: Date.now() }, () => attempt.good());
  });
  return attempt.answer;
}
