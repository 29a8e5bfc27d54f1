// What one director has to ask: each thing once, however many services want to know.
import { familyOf } from '../definition/address.ts';
import type { IpAddress } from '../definition/address.ts';
import type { ClusterDirector, RealServer, VirtualService } from '../definition/definition.ts';
import { vipsOf } from '../definition/definition.ts';
import { replyBypassesDirector } from '../definition/forwarding.ts';
import type { RuleMethod } from '../definition/forwarding.ts';
import type { HealthCheck } from '../definition/health/service-health.ts';
import type { Probe } from '../definition/health/probe.ts';
import type { Accepted } from '../effective/effective.ts';
import { canonicalText } from '../json/canonical-text.ts';

/** The way that forwarded packets take to a real server. */
export interface ForwardingPath {
  readonly vip: IpAddress;
  readonly vport: number;
  readonly dip: IpAddress;
  readonly method: RuleMethod;
}

/** One real server in one service. */
export interface RealServerPlace {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly realServerId: string;
}

/** A check of a real server in a service; how many tries make it up or down is its own matter. */
export interface TargetUser extends RealServerPlace {
  readonly checkId: string;
}

/** What is asked, how often and for how long: all that makes two questions one. */
interface Question {
  readonly rip: IpAddress;
  /** 0: what is asked has no port (ICMP). */
  readonly port: number;
  readonly source: IpAddress | null;
  readonly probe: Probe;
  readonly intervalMs: number;
  readonly changingIntervalMs: number | null;
  readonly timeoutMs: number;
  readonly path: ForwardingPath | null;
}

export interface ProbeTarget extends Question {
  /** Equal exactly when the question is. */
  readonly key: string;
  readonly users: readonly TargetUser[];
}

/** The port that clients reach; null for a service of every port. */
function servicePort({ match }: VirtualService): number | null {
  const port = match.kind === 'address' ? match.port : match.ports[0] ?? 0;
  return port === 0 ? null : port;
}

/** Where the check asks; null where neither it nor the real server nor the service names a port. */
export function checkedPort(check: HealthCheck, realServer: RealServer, service: VirtualService): number | null {
  if (check.probe.type === 'icmp') return 0;
  if (check.probe.type === 'path') return servicePort(service);
  return check.port ?? (realServer.port === 0 ? servicePort(service) : realServer.port);
}

/** Null where packets do not reach this real server by such a path, or the director has no address to send from. */
function pathOf(check: HealthCheck, realServer: RealServer, service: VirtualService, director: ClusterDirector): ForwardingPath | null {
  const { method } = realServer;
  const [vip] = vipsOf(service.match);
  const vport = servicePort(service);
  const dip = vip === undefined ? null : check.source ?? director.dip[familyOf(vip)];
  if (method.kind === 'proxied' || !replyBypassesDirector(method.kind) || vip === undefined || vport === null || dip === null) return null;
  return { vip, vport, dip, method };
}

/** Whether this director can ask this real server by it at all. A check that cannot has no say about it. */
export function canAsk(check: HealthCheck, realServer: RealServer, service: VirtualService, director: ClusterDirector): boolean {
  return questionOf(check, realServer, service, director) !== null;
}

function questionOf(check: HealthCheck, realServer: RealServer, service: VirtualService, director: ClusterDirector): Question | null {
  const { probe, source, intervalMs, changingIntervalMs, timeoutMs } = check;
  const port = checkedPort(check, realServer, service);
  const path = probe.type === 'path' ? pathOf(check, realServer, service, director) : null;
  if (port === null || (probe.type === 'path' && path === null)) return null;
  return { rip: realServer.rip, port, source, probe, intervalMs, changingIntervalMs, timeoutMs, path };
}

/** What cannot be asked at all is not in it. */
export function probeTargets({ directorId, accepted }: { readonly directorId: string; readonly accepted: readonly Accepted[] }): ProbeTarget[] {
  const targets = new Map<string, Question & { readonly key: string; readonly users: TargetUser[] }>();
  for (const { clusterId, definition } of accepted) {
    const director = definition.directors.find((candidate) => candidate.directorId === directorId);
    if (director === undefined) continue;
    for (const service of definition.services) {
      for (const check of service.health?.checks ?? []) {
        for (const realServer of service.realServers) {
          const question = questionOf(check, realServer, service, director);
          if (question === null) continue;
          const key = canonicalText(question);
          const user = { clusterId, serviceId: service.id, realServerId: realServer.id, checkId: check.id };
          const known = targets.get(key);
          if (known === undefined) targets.set(key, { ...question, key, users: [user] });
          else known.users.push(user);
        }
      }
    }
  }
  return [...targets.values()];
}
