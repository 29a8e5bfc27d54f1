// Health checks of a draft: the kinds of things are decided, while what is typed into them may still be anything.
import { z } from 'zod';
import { Expected, Probe, ProbeHeader, ProbeTls } from '../../definition/health/probe.ts';
import { HealthCheck, ServiceHealth, SorryServer } from '../../definition/health/service-health.ts';
import { MaybeNumber, Method, Text } from './typed.ts';

const LongText = z.string().max(8_000);

const DraftTls = ProbeTls.extend({ name: Text.nullable(), endsAfterDays: MaybeNumber.nullable(), clientCertificate: Text.nullable() });

const DraftExpected = z.discriminatedUnion('kind', [
  Expected.options[0].extend({ text: LongText }), Expected.options[1].extend({ pattern: LongText }), Expected.options[2].extend({ hash: Text }),
]);

const [tcp, http, tls, exchange, dns, icmp, agent, script, path] = Probe.options;

const DraftProbe = z.discriminatedUnion('type', [
  tcp, icmp, path,
  http.extend({
    path: LongText, host: Text.nullable(), headers: z.array(ProbeHeader.extend({ name: Text, value: LongText })).max(16),
    statuses: z.array(z.strictObject({ from: MaybeNumber, to: MaybeNumber })).max(16), body: DraftExpected.nullable(), tls: DraftTls.nullable(),
  }),
  tls.extend({ tls: DraftTls }),
  exchange.extend({ send: LongText.nullable(), expect: DraftExpected.nullable() }),
  dns.extend({ name: Text, answer: Text.nullable() }),
  agent.extend({ path: LongText.nullable() }),
  script.extend({ file: Text, arguments: z.array(Text).max(16) }),
]);

const DraftCheck = HealthCheck.extend({
  probe: DraftProbe, port: MaybeNumber.nullable(), source: Text.nullable(), intervalMs: MaybeNumber, changingIntervalMs: MaybeNumber.nullable(),
  timeoutMs: MaybeNumber, rise: MaybeNumber, fall: MaybeNumber,
});

export const DraftHealth = ServiceHealth.extend({
  checks: z.array(DraftCheck).max(8),
  slowStartSeconds: MaybeNumber,
  quorum: z.strictObject({ up: MaybeNumber, hysteresis: MaybeNumber }),
  sorry: SorryServer.extend({ name: Text, rip: Text, port: MaybeNumber, method: Method }).nullable(),
  flapping: z.strictObject({ changes: MaybeNumber, withinSeconds: MaybeNumber, holdSeconds: MaybeNumber }).nullable(),
});
