// Where a new connection of a client would go, from what the scheduler would see now. Pure.
import { same } from '@weir/model';
import type { ActualService, ActualRealServer, Endpoint, FollowedService, IpAddress, Next, NextCode, NextDoubt, Scheduler, ServiceMatch } from '@weir/model';
import { FOLLOW_CANDIDATES_MAX, vipsOf } from '@weir/model';
import { pickOnce } from '@weir/forwarder';
import type { Candidate } from '@weir/forwarder';

export interface NextInput {
  /** Its real servers in the order in which its scheduler goes through them. */
  readonly service: ActualService;
  readonly match: ServiceMatch;
  readonly client: IpAddress;
  readonly clientPort: number | null;
  readonly template: FollowedService['template'];
  /** Whether templates are listed, and in the whole table. */
  readonly templates: 'all' | 'sampled' | 'unseen';
  /** The weight that a definition gives. */
  readonly definedWeight: (endpoint: Endpoint) => number;
}

interface Seen extends Candidate {
  readonly rule: ActualRealServer;
}

const codes: Readonly<Record<Scheduler['name'], NextCode>> = {
  rr: 'turn', wrr: 'turn', lblc: 'locality', lblcr: 'locality', lc: 'leastConnections', wlc: 'leastConnections', sed: 'shortestDelay', nq: 'neverQueue',
  fo: 'highestWeight', ovf: 'overflow', dh: 'destinationHash', sh: 'sourceHash', mh: 'sourceHash',
};

function held({ connections }: ActualRealServer): number {
  return connections.active + connections.inactive;
}

/** The kernel closes at the upper threshold, and opens below the lower one (ip_vs_conn.c, ip_vs_unbind_dest). */
function isFull(rule: ActualRealServer): boolean {
  const { upper } = rule.settings.thresholds;
  return upper > 0 && held(rule) >= upper;
}

function isBetween(rule: ActualRealServer): boolean {
  const { upper, lower } = rule.settings.thresholds;
  return upper > 0 && held(rule) < upper && held(rule) >= (lower > 0 ? lower : upper * 0.75);
}

function seenBy({ service, definedWeight }: NextInput): readonly Seen[] {
  return service.realServers.map((rule) => {
    const { endpoint, settings: { weight }, connections: { active, inactive } } = rule;
    return { endpoint, weight, lastWeight: weight > 0 ? weight : definedWeight(endpoint), active, inactive, rule };
  });
}

function betweenOf({ rule }: Seen): readonly NextDoubt[] {
  return isBetween(rule) ? ['betweenThresholds'] : [];
}

function isAvailable({ weight, rule }: Seen): boolean {
  return weight > 0 && !isFull(rule);
}

/** Nothing of a real server that is gone leads anywhere. Templates of marks, of every port and of FTP have no port: then it is one of those with that address. */
function ledTo(endpoint: Endpoint, candidates: readonly Seen[]): readonly Seen[] {
  const exact = candidates.filter((one) => same(one.endpoint, endpoint));
  return exact.length > 0 ? exact : candidates.filter((one) => one.endpoint.rip === endpoint.rip && (endpoint.port === 0 || one.endpoint.port === 0));
}

interface Chosen {
  readonly code: NextCode;
  readonly to: Seen | null;
  readonly doubts?: readonly NextDoubt[];
}

function scheduled({ service, match, client, clientPort }: NextInput, candidates: readonly Seen[]): Chosen {
  const { scheduler } = service.settings;
  const code = codes[scheduler.name];
  // Whom lblc remembers for a destination, it keeps when it is full (ip_vs_lblc.c, ip_vs_lblc_schedule).
  const available = candidates.filter(scheduler.name === 'lblc' ? ({ weight }) => weight > 0 : isAvailable);
  const [only] = available;
  if (only === undefined) return { code: 'nobody', to: null };
  if (code === 'turn' || code === 'locality') return available.length === 1 && !isFull(only.rule) ? { code: 'only', to: only, doubts: betweenOf(only) } : { code, to: null };
  const [vip = '', ...otherVips] = vipsOf(match);
  if (scheduler.name === 'dh' && otherVips.length > 0) return { code: 'vipNeeded', to: null };
  if ('port' in scheduler && scheduler.port && clientPort === null) return { code: 'portNeeded', to: null };
  const to = pickOnce(scheduler, { candidates, usable: isAvailable, arrival: { cip: client, clientPort: clientPort ?? 0, vip } });
  const doubts: readonly NextDoubt[] = scheduler.name === 'mh' && candidates.some(({ weight }) => weight === 0) ? ['lastWeight'] : [];
  if (to === null) return { code: code === 'sourceHash' || code === 'destinationHash' ? 'ownerUnavailable' : 'nobody', to, doubts };
  return { code, to, doubts: [...doubts, ...betweenOf(to)] };
}

function chosen(input: NextInput, candidates: readonly Seen[]): Chosen {
  const { service: { settings: { persistence } }, template, templates } = input;
  if (persistence === null) return scheduled(input, candidates);
  if (persistence.engine !== null) return { code: 'callId', to: null };
  if (templates === 'unseen') return { code: 'templatesUnseen', to: null };
  const [kept, ...others] = template === null ? [] : ledTo(template.endpoint, candidates);
  if (kept !== undefined && others.length > 0) return { code: 'template', to: null };
  if (kept !== undefined) return { code: 'template', to: kept, doubts: kept.weight === 0 ? ['templateAtZero'] : [] };
  const anew = scheduled(input, candidates);
  return templates === 'sampled' ? { ...anew, doubts: [...anew.doubts ?? [], 'sampled'] } : anew;
}

export function nextOf(input: NextInput): Next {
  const candidates = seenBy(input);
  const { code, to, doubts = [] } = chosen(input, candidates);
  return {
    code, scheduler: input.service.settings.scheduler.name, endpoint: to?.endpoint ?? null, doubts: [...doubts],
    candidates: candidates.slice(0, FOLLOW_CANDIDATES_MAX).map(({ endpoint, weight, active, inactive }) => ({ endpoint, weight, active, inactive })),
  };
}
