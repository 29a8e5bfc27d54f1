// An HTTP or HTTPS request is answered with the status and the body that are wanted.
import type { ProbeOf } from '@weir/model';
import { Attempt, notTried } from '../attempt/attempt.ts';
import { expectationOf } from '../expected/expectation.ts';
import type { Expectation } from '../expected/expectation.ts';
import type { Answer, ProbeTarget } from '../probes.ts';
import { askHttp } from '../stream/http-request.ts';
import type { Heard } from '../stream/http-request.ts';
import type { Trust } from '../stream/trust.ts';

type HttpProbe = ProbeOf<'http'>;

function shownExpectation({ statuses }: HttpProbe, body: Expectation | null): string {
  const ranges = statuses.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
  return body === null ? ranges : `${ranges}\n${body.shown}`.slice(0, 1_000);
}

function judge(attempt: Attempt, { statuses }: HttpProbe, expectation: Expectation | null, { status, body }: Heard): void {
  if (!statuses.some(({ from, to }) => status >= from && status <= to)) return attempt.fail({ failure: 'wrongStatus', detail: String(status) });
  if (expectation === null) return attempt.good();
  const verdict = body.isCut && expectation.wantsAll ? 'notFound' : expectation.look(body.bytes);
  if (verdict === 'found') attempt.good();
  else if (verdict === 'notFound') attempt.fail({ failure: body.isCut ? 'tooMuchReceived' : 'wrongBody' });
  else attempt.fail(verdict);
}

export async function probeHttp(probe: HttpProbe, target: ProbeTarget, timeoutMs: number, trust: Trust): Promise<Answer> {
  const context = probe.tls === null ? null : await trust.context(probe.tls.clientCertificate, probe.tls.verify);
  if (context !== null && 'failure' in context) return notTried(context);
  const attempt = new Attempt(timeoutMs);
  const expectation = probe.body === null ? null : expectationOf(probe.body);
  attempt.expected = shownExpectation(probe, expectation);
  const tls = probe.tls === null || context === null ? null : { tls: probe.tls, context };
  askHttp(attempt, target, { ...probe, tls }, (heard) => judge(attempt, probe, expectation, heard));
  return attempt.answer;
}
