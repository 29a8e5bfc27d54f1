// Probes: the ways to ask a real server whether it works. One entry of the union for each type.
import { z } from 'zod';
import { line } from '../text.ts';

/** A name that a certificate and a Host header can carry; an address counts as one. */
const HostName = z.string().regex(/^[A-Za-z0-9_.:-]{1,253}$/);

/** A file name in one of the agent's own folders; never a path. */
const FileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/);

/** Bytes as a person writes them: text with `\r \n \t \0 \\` and `\xNN`. */
export const Bytes = z.string().max(4_096).regex(/^(?:[^\p{Cc}\\]|\\(?:[rnt0\\]|x[0-9A-Fa-f]{2}))*$/u);

/** How TLS is spoken. `name` goes out as server name and must be in the certificate where it is verified; null: none goes out, and the RIP must be in it. */
export const ProbeTls = z.strictObject({
  name: HostName.nullable(),
  /** Whether the certificate must be one that the director's host trusts. */
  verify: z.boolean(),
  /** Fails when the certificate ends within so many days; null: its end is told and decides nothing. */
  endsAfterDays: z.int().min(0).max(3_650).nullable(),
  /** `NAME.pem` in the agent's folder `certificates` holds certificate and key that are presented; null: none are. */
  clientCertificate: FileName.nullable(),
});
export type ProbeTls = z.infer<typeof ProbeTls>;

/** What must be found in what was received. */
export const Expected = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: Bytes.min(1) }),
  z.strictObject({ kind: z.literal('pattern'), pattern: z.string().min(1).max(500) }),
  z.strictObject({ kind: z.literal('sha256'), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
]);
export type Expected = z.infer<typeof Expected>;

const Status = z.int().min(100).max(599);

/** `secret`: shown to nobody, neither here nor in evidence. */
export const ProbeHeader = z.strictObject({
  name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/),
  value: z.string().max(2_000).regex(/^[^\p{Cc}]*$/u),
  secret: z.boolean(),
});
export type ProbeHeader = z.infer<typeof ProbeHeader>;

const tcp = z.strictObject({ type: z.literal('tcp') });

const http = z.strictObject({
  type: z.literal('http'),
  method: z.enum(['GET', 'HEAD', 'OPTIONS', 'POST']),
  path: z.string().max(2_000).regex(/^\/[\x21-\x7e]*$/),
  /** The Host header; null: RIP and port. */
  host: HostName.nullable(),
  headers: z.array(ProbeHeader).max(16),
  /** Any of these ranges is good. */
  statuses: z.array(z.strictObject({ from: Status, to: Status })).min(1).max(16),
  body: Expected.nullable(),
  /** Null: without TLS. */
  tls: ProbeTls.nullable(),
});

const tls = z.strictObject({ type: z.literal('tls'), tls: ProbeTls });

/** `send` null waits for a greeting; `expect` null is content with any answer. */
const exchange = z.strictObject({
  type: z.literal('exchange'),
  transport: z.enum(['tcp', 'udp']),
  send: Bytes.nullable(),
  expect: Expected.nullable(),
});

const dns = z.strictObject({
  type: z.literal('dns'),
  transport: z.enum(['udp', 'tcp']),
  name: z.string().regex(/^(?:\.|(?:[A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}\.?)$/).max(254),
  record: z.enum(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT']),
  /** An answer that must be among those given, as `dig +short` writes it; null: any answer without an error. */
  answer: line(255).nullable(),
});

const icmp = z.strictObject({ type: z.literal('icmp') });

/**
 * What the real server says of itself, in the words of HAProxy's agent-check: `75%`, `up`, `down`, `drain`, `maint`, `ready`.
 * Over plain TCP, or as the text that a path is answered with.
 */
const agent = z.strictObject({
  type: z.literal('agent'),
  path: z.string().max(2_000).regex(/^\/[\x21-\x7e]*$/).nullable(),
});

/** A file in the agent's folder `checks.d`, run without privileges: exit code 0 is good. */
const script = z.strictObject({
  type: z.literal('script'),
  file: FileName,
  arguments: z.array(z.string().max(500).regex(/^[^\p{Cc}]*$/u)).max(16),
});

/** DR and TUN: a SYN to the VIP, on the way that forwarded packets take. Proves that the real server owns the VIP and takes its packets. */
const path = z.strictObject({ type: z.literal('path') });

export const Probe = z.discriminatedUnion('type', [tcp, http, tls, exchange, dns, icmp, agent, script, path]);
export type Probe = z.infer<typeof Probe>;
export type ProbeType = Probe['type'];
export type ProbeOf<TType extends ProbeType> = Extract<Probe, { readonly type: TType }>;
