// One service as a line of the overview, from what its directors say of it. Pure.
import type { MethodKind } from '@weir/model';
import { Trouble } from '../../../live/service-line.ts';
import type { ServiceLine } from '../../../live/service-line.ts';
import type { KnownRevision } from '../../clusters/standings.ts';
import { hasDown, isBelowQuorum, saidOf } from '../rows/health.ts';
import type { Said } from '../rows/health.ts';
import { reportsOn, servicesOf } from '../holders.ts';
import type { DefinedService, Holder, Report } from '../holders.ts';
import { takesNone } from '../rows/rows.ts';
import { carriedBy } from './carried.ts';

export function serviceLine(serviceId: string, revision: KnownRevision, holders: readonly Holder[]): ServiceLine | null {
  const wanted = servicesOf(revision.definition).get(serviceId) ?? null;
  const shown = wanted ?? acceptedOf(serviceId, holders);
  if (shown === null) return null;
  const reports = reportsOn(serviceId, holders);
  const said = saidOf(revision.clusterId, serviceId, holders);
  const realServers = gravestCounts(shown, reports, said);
  return {
    clusterId: revision.clusterId,
    serviceId,
    name: shown.service.name,
    key: reports[0]?.defined.key ?? shown.key,
    method: methodOf(shown),
    directors: reports.map(({ director }) => director.directorId),
    carried: carriedBy(reports),
    realServers,
    troubles: troublesOf({ serviceId, holders, reports, said, realServers, pending: isPending(serviceId, wanted, holders) }),
  };
}

function acceptedOf(serviceId: string, holders: readonly Holder[]): DefinedService | null {
  for (const { definition } of holders) {
    const found = definition === null ? undefined : servicesOf(definition).get(serviceId);
    if (found !== undefined) return found;
  }
  return null;
}

const methods = new WeakMap<DefinedService, MethodKind | 'several'>();

/** Found once for each definition, which never changes. */
function methodOf(defined: DefinedService): MethodKind | null {
  const known = methods.get(defined) ?? firstMethod(defined);
  methods.set(defined, known);
  return known === 'several' ? null : known;
}

function firstMethod({ service: { realServers } }: DefinedService): MethodKind | 'several' {
  const [first] = realServers;
  return first === undefined || realServers.some(({ method }) => method.kind !== first.method.kind) ? 'several' : first.method.kind;
}

type Counts = ServiceLine['realServers'];

function gravestCounts(shown: DefinedService, reports: readonly Report[], said: readonly Said[]): Counts {
  const gravest = { all: reports.length === 0 ? shown.byId.size : 0, down: 0, draining: 0, out: 0 };
  for (const report of reports) {
    const counts = countsOn(report, said.find(({ directorId }) => directorId === report.director.directorId) ?? null);
    for (const name of ['all', 'down', 'draining', 'out'] as const) gravest[name] = Math.max(gravest[name], counts[name]);
  }
  return gravest;
}

function countsOn({ defined, service: { sample } }: Report, said: Said | null): Counts {
  const down = downKeys(defined, said);
  const counts = { all: sample.realServers.length, down: down?.size ?? 0, draining: 0, out: 0 };
  for (const { key, weight, connections } of sample.realServers) {
    if (weight > 0 || down?.has(key) === true) continue;
    if (connections.active === 0) counts.out += 1;
    else counts.draining += 1;
  }
  // Who is down may have been taken out of the rules.
  for (const key of down ?? []) if (!sample.realServers.some((each) => each.key === key)) counts.all += 1;
  return counts;
}

function downKeys({ byId }: DefinedService, said: Said | null): ReadonlySet<string> | null {
  if (said === null || !hasDown(said)) return null;
  return new Set(said.standing.realServers.flatMap(({ realServerId, isUp }) => (isUp ? [] : byId.get(realServerId)?.key ?? [])));
}

/** Accepted otherwise than it is wanted on a director of which that is known. */
function isPending(serviceId: string, wanted: DefinedService | null, holders: readonly Holder[]): boolean {
  if (wanted === null) return true;
  return holders.some(({ named, told, definition }) => (
    named && told && (definition === null || servicesOf(definition).get(serviceId)?.key !== wanted.key)));
}

interface Seen {
  readonly serviceId: string;
  readonly holders: readonly Holder[];
  readonly reports: readonly Report[];
  readonly said: readonly Said[];
  readonly realServers: Counts;
  readonly pending: boolean;
}

function troublesOf({ serviceId, holders, reports, said, realServers, pending }: Seen): Trouble[] {
  const heard = holders.filter(({ director }) => director.live && director.sample !== null);
  const has: Record<Trouble, boolean> = {
    takesNone: reports.some(takesNone),
    belowQuorum: said.some(isBelowQuorum),
    notForwarded: reports.length === 0 && heard.some(({ definition }) => definition !== null && servicesOf(definition).has(serviceId)),
    silent: reports.length > 0 && !reports.some(({ director }) => director.live),
    someDown: said.some(hasDown),
    empty: reports.length > 0 && realServers.all === 0,
    unheard: reports.length === 0 && heard.length === 0,
    notApplied: pending,
    draining: realServers.draining > 0,
  };
  return Trouble.options.filter((trouble) => has[trouble]);
}
