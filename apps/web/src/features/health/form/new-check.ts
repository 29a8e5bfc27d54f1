// What health checks begin with: a good default for what the service forwards, and examples to choose from.
import type { HealthCheck, Probe, ProbeTls, ProbeType, ServiceHealth, ServiceMatch, SorryServer } from '@weir/model';
import { nanoid } from 'nanoid';

const idLength = 12;

export const presets = [
  'tcp', 'http', 'https', 'tls', 'smtp', 'redis', 'dns', 'udp', 'icmp', 'agent', 'agentHttp', 'script', 'path',
] as const;
export type Preset = (typeof presets)[number];

const tls: ProbeTls = { name: null, verify: false, endsAfterDays: null, clientCertificate: null };

const ok = { from: 200, to: 200 };

function httpProbe(over: ProbeTls | null): Probe {
  return { type: 'http', method: 'GET', path: '/', host: null, headers: [], statuses: [ok], body: null, tls: over };
}

export function presetProbe(preset: Preset): Probe {
  switch (preset) {
    case 'tcp': return { type: 'tcp' };
    case 'http': return httpProbe(null);
    case 'https': return httpProbe(tls);
    case 'tls': return { type: 'tls', tls };
    case 'smtp': return { type: 'exchange', transport: 'tcp', send: null, expect: { kind: 'text', text: '220 ' } };
    case 'redis': return { type: 'exchange', transport: 'tcp', send: String.raw`PING\r\n`, expect: { kind: 'text', text: '+PONG' } };
    case 'dns': return { type: 'dns', transport: 'udp', name: '.', record: 'NS', answer: null };
    case 'udp': return { type: 'exchange', transport: 'udp', send: String.raw`\r\n`, expect: null };
    case 'icmp': return { type: 'icmp' };
    case 'agent': return { type: 'agent', path: null };
    case 'agentHttp': return { type: 'agent', path: '/weight' };
    case 'script': return { type: 'script', file: '', arguments: [] };
    case 'path': return { type: 'path' };
  }
}

/** What a type begins with when somebody changes to it. */
const presetOfType: Readonly<Record<ProbeType, Preset>> = {
  tcp: 'tcp', http: 'http', tls: 'tls', exchange: 'smtp', dns: 'dns', icmp: 'icmp', agent: 'agent', script: 'script', path: 'path',
};
export const probeTypes = Object.keys(presetOfType) as ProbeType[];

export function probeOfType(type: ProbeType): Probe {
  return presetProbe(presetOfType[type]);
}

export function newCheck(preset: Preset): HealthCheck {
  return { id: nanoid(idLength), probe: presetProbe(preset), port: null, source: null, intervalMs: 5_000, changingIntervalMs: null, timeoutMs: 2_000, rise: 2, fall: 2 };
}

/** What is likely to be answered there. */
export function likelyPreset(match: ServiceMatch): Preset {
  const port = match.kind === 'address' ? match.port : match.ports[0];
  if (match.protocol === 'udp') return port === 53 ? 'dns' : 'udp';
  // A probe speaks no SCTP.
  return match.protocol === 'sctp' ? 'icmp' : 'tcp';
}

export function newHealth(match: ServiceMatch): ServiceHealth {
  return {
    checks: [newCheck(likelyPreset(match))], first: 'up', whenDown: 'weightZero', slowStartSeconds: 0, quorum: { up: 1, hysteresis: 0 },
    belowQuorum: 'goOn', sorry: null, flapping: null,
  };
}

/** Forwarded like the real servers, as far as they tell. */
export function newSorry(method: SorryServer['method'] | undefined, port: number): SorryServer {
  return { id: nanoid(idLength), name: '', rip: '', port, method: method ?? { kind: 'proxied' } };
}

export const newFlapping: NonNullable<ServiceHealth['flapping']> = { changes: 4, withinSeconds: 300, holdSeconds: 120 };
