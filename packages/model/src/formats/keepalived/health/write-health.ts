// Writes the health of a service in keepalived's words, as far as it has them.
import type { RealServer, VirtualService } from '../../../definition/definition.ts';
import type { Probe } from '../../../definition/health/probe.ts';
import type { HealthCheck, ServiceHealth } from '../../../definition/health/service-health.ts';

type Http = Extract<Probe, { readonly type: 'http' }>;

const seconds = (ms: number): string => String(ms / 1_000);
/** In one word of the file, or in quotes that hold no quotes. */
const isWord = (text: string): boolean => /^[^\s"'\\${}!#]+$/.test(text);

/** Null where keepalived could not ask it. */
function urlLines({ method, path, host, headers, statuses, body }: Http): string[] | null {
  if (method !== 'GET' || headers.length > 0 || !isWord(path) || (body !== null && (body.kind !== 'pattern' || !isWord(body.pattern)))) return null;
  return [
    'url {', `    path ${path}`, `    status_code ${statuses.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(' ')}`,
    ...(body === null ? [] : [`    regex ${body.kind === 'pattern' ? body.pattern : ''}`]), ...(host === null ? [] : [`    virtualhost ${host}`]), '}',
  ];
}

function httpLines(probe: Http): readonly [word: string, lines: string[]] | null {
  const { tls, host } = probe;
  const url = urlLines(probe);
  if (url === null) return null;
  if (tls === null) return ['HTTP_GET', url];
  // It verifies nothing, and names the host that it asks for.
  if (tls.verify || tls.endsAfterDays !== null || tls.clientCertificate !== null || (tls.name !== null && tls.name !== host)) return null;
  return ['SSL_GET', [...(tls.name === null ? [] : ['enable_sni']), ...url]];
}

function probeLines(probe: Probe): readonly [word: string, lines: string[]] | null {
  switch (probe.type) {
    case 'tcp': return ['TCP_CHECK', []];
    case 'icmp': return ['PING_CHECK', []];
    case 'http': return httpLines(probe);
    case 'dns': return probe.transport === 'udp' && probe.answer === null && probe.record !== 'SRV' && probe.record !== 'PTR' ? ['DNS_CHECK', [`type ${probe.record}`, `name ${probe.name}`]] : null;
    case 'tls':
    case 'exchange':
    case 'agent':
    // It takes the whole path of a script, and the agent's folder is the director's own.
    case 'script':
    case 'path': return null;
  }
}

function checkLines(check: HealthCheck): string[] | null {
  const said = probeLines(check.probe);
  if (said === null || check.rise !== 1) return null;
  const [word, lines] = said;
  return [
    `${word} {`,
    ...[
      ...(check.port === null || check.probe.type === 'icmp' ? [] : [`connect_port ${check.port}`]), ...(check.source === null ? [] : [`bindto ${check.source}`]), `connect_timeout ${seconds(check.timeoutMs)}`,
      `delay_loop ${seconds(check.intervalMs)}`, `retry ${check.fall - 1}`, ...(check.fall === 1 ? [] : [`delay_before_retry ${seconds(check.changingIntervalMs ?? check.intervalMs)}`]), ...lines,
    ].map((line) => `    ${line}`),
    '}',
  ];
}

/** keepalived counts weight: it has a quorum for what is as many of ours only where all weigh the same. Null where it has not. */
function quorumLines({ up, hysteresis }: ServiceHealth['quorum'], realServers: readonly RealServer[]): string[] | null {
  if (up === 1 && hysteresis === 0) return [];
  const weights = new Set(realServers.map(({ weight }) => weight));
  const [weight = 0] = weights;
  if (weights.size !== 1 || weight === 0 || hysteresis % 2 === 1) return null;
  const half = hysteresis / 2;
  return [`quorum ${(up + half) * weight}`, ...(half === 0 ? [] : [`hysteresis ${half * weight}`])];
}

export interface WrittenHealth {
  /** Of the virtual_server, and of each real_server. */
  readonly service: readonly string[];
  readonly realServer: readonly string[];
  /** All of it is in the text. */
  readonly isWhole: boolean;
}

const nothing: WrittenHealth = { service: [], realServer: [], isWhole: true };

export function writeHealth({ health, realServers }: VirtualService): WrittenHealth {
  if (health === undefined) return nothing;
  const checks = health.checks.map(checkLines);
  // Without a check nothing else of it means anything.
  if (checks.every((lines) => lines === null)) return { ...nothing, isWhole: false };
  const quorum = quorumLines(health.quorum, realServers);
  const isWhole = checks.every((lines) => lines !== null) && health.checks.every(({ fall, changingIntervalMs }) => fall > 1 || changingIntervalMs === null) && quorum !== null && health.slowStartSeconds === 0 && health.flapping === null
    && health.belowQuorum !== 'failOpen' && (health.sorry !== null) === (health.belowQuorum === 'sorry');
  return {
    service: [...(health.first === 'down' ? ['alpha'] : []), ...quorum ?? []],
    realServer: [...(health.whenDown === 'weightZero' ? ['inhibit_on_failure'] : []), ...checks.flatMap((lines) => lines ?? [])],
    isWhole,
  };
}
