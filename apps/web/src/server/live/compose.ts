// One second of one topic, from what each director last said. Pure.
import { addressOf, endpointKey, serviceKey, vipsOf } from '@weir/model';
import type { RealServer, VirtualService } from '@weir/model';
import { realServersInClusterTickMax, subjectOf } from '../../live/topic.ts';
import type { Figures, LiveCluster, LiveDirector, LiveRealServer, LiveService, LiveTick, Topic } from '../../live/topic.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import { figuresOf, sumFigures, unknownFigures } from './figures.ts';
import type { HeldSample, HeldService } from './ring.ts';

/** One director at one moment. */
export interface DirectorNow {
  readonly directorId: string;
  readonly name: string;
  readonly live: boolean;
  readonly lastSeenAtMs: number | null;
  /** The last sample, and the one that makes its rates. */
  readonly sample: HeldSample | null;
  readonly before: HeldSample | null;
}

export interface Moment {
  readonly atMs: number;
  readonly wanted: readonly KnownRevision[];
  readonly directors: ReadonlyMap<string, DirectorNow>;
}

/** Null where the topic is about nothing that there is. */
export function composeTick(topic: Topic, moment: Moment): LiveTick | null {
  const { clusterId, serviceId } = subjectOf(topic);
  if (clusterId === null) return overview(topic, moment);
  const revision = moment.wanted.find((candidate) => candidate.clusterId === clusterId);
  const services = revision?.definition.services.filter(({ id }) => serviceId === null || id === serviceId);
  if (revision === undefined || services === undefined || (serviceId !== null && services.length === 0)) return null;
  const realServers = services.reduce((sum, service) => sum + service.realServers.length, 0);
  const whole = serviceId !== null || realServers <= realServersInClusterTickMax;
  const holders = new Map(revision.definition.vips.map(({ address, holder }) => [address, holder]));
  return {
    topic,
    atMs: moment.atMs,
    directors: directorsOf([revision], moment),
    clusters: [],
    services: services.map((service) => liveService({ revision, service, holders, withRealServers: whole }, moment)),
  };
}

function overview(topic: Topic, moment: Moment): LiveTick {
  const clusters = moment.wanted.map((revision): LiveCluster => {
    const reported = revision.definition.services.map((service) => reportsOn(keyOf(service), revision, moment)).filter(({ length }) => length > 0);
    return {
      clusterId: revision.clusterId,
      name: revision.name,
      directors: [...new Set(reported.flat().map(({ director }) => director.directorId))],
      figures: sumFigures(reported.map((reports) => sumFigures(reports.map(serviceFigures)))),
    };
  });
  return { topic, atMs: moment.atMs, directors: directorsOf(moment.wanted, moment), clusters, services: [] };
}

function directorsOf(wanted: readonly KnownRevision[], { directors }: Moment): LiveDirector[] {
  const ids = new Set(wanted.flatMap(({ definition }) => definition.directors.map(({ directorId }) => directorId)));
  return [...ids].flatMap((id) => directors.get(id) ?? []).map(({ directorId, name, live, lastSeenAtMs, sample }) => (
    { directorId, name, state: live ? 'live' : 'silent', lastSeenAtMs, measuredAtMs: sample?.measuredAtMs ?? null }));
}

/** What one director says of one service. */
interface Report {
  readonly director: DirectorNow;
  readonly at: HeldSample;
  readonly service: HeldService;
  readonly before: { readonly service: HeldService; readonly measuredAtMs: number } | null;
}

/** The live directors that forward it; while none is live, the last word of the silent ones. */
function reportsOn(key: string, revision: KnownRevision, { directors }: Moment): Report[] {
  const reports = revision.definition.directors.flatMap(({ directorId }): Report[] => {
    const director = directors.get(directorId);
    const at = director?.sample ?? null;
    const service = at?.services.get(key);
    if (director === undefined || at === null || service === undefined) return [];
    const earlier = director.before?.services.get(key);
    const before = earlier === undefined || director.before === null ? null : { service: earlier, measuredAtMs: director.before.measuredAtMs };
    return [{ director, at, service, before }];
  });
  const live = reports.filter(({ director }) => director.live);
  return live.length > 0 ? live : reports;
}

function keyOf({ match }: VirtualService): string {
  return serviceKey(addressOf(match));
}

interface ServicePart {
  readonly revision: KnownRevision;
  readonly service: VirtualService;
  /** By VIP. */
  readonly holders: ReadonlyMap<string, string | null>;
  readonly withRealServers: boolean;
}

function liveService({ revision, service, holders, withRealServers }: ServicePart, moment: Moment): LiveService {
  const key = keyOf(service);
  const reports = reportsOn(key, revision, moment);
  return {
    clusterId: revision.clusterId,
    serviceId: service.id,
    name: service.name,
    key,
    holderId: holderOf(service, holders),
    directors: reports.map(({ director }) => director.directorId),
    figures: sumFigures(reports.map(serviceFigures)),
    realServerCount: service.realServers.length,
    realServers: withRealServers ? service.realServers.map((realServer) => liveRealServer(realServer, reports)) : [],
  };
}

function holderOf({ match }: VirtualService, holders: ServicePart['holders']): string | null {
  const [holder = null, ...others] = new Set(vipsOf(match).map((vip) => holders.get(vip) ?? null));
  return others.length === 0 ? holder : null;
}

function serviceFigures({ at, service, before }: Report): Figures {
  return figuresOf({
    connections: service.sample.realServers.map(({ connections }) => connections),
    counters: service.sample.counters,
    measuredAtMs: at.measuredAtMs,
    before: before === null ? null : { counters: before.service.sample.counters, measuredAtMs: before.measuredAtMs },
    byteKind: at.byteKind,
  });
}

function liveRealServer(defined: RealServer, reports: readonly Report[]): LiveRealServer {
  const key = endpointKey({ rip: defined.rip, port: defined.port });
  const found = reports.flatMap((report) => {
    const sample = report.service.realServers.get(key);
    return sample === undefined ? [] : [{ report, sample, earlier: report.before?.service.realServers.get(key) }];
  });
  const weights = new Set(found.map(({ sample }) => sample.weight));
  const [weight = null] = weights.size === 1 ? weights : [];
  const figures = found.map(({ report: { at, before }, sample, earlier }) => figuresOf({
    connections: [sample.connections],
    counters: sample.counters,
    measuredAtMs: at.measuredAtMs,
    before: before === null || earlier === undefined ? null : { counters: earlier.counters, measuredAtMs: before.measuredAtMs },
    byteKind: at.byteKind,
  }));
  // Where some directors have it and others do not, a sum would be of something else than the service's.
  const everywhere = found.length === reports.length;
  return { realServerId: defined.id, name: defined.name, key, weight, definedWeight: defined.weight, figures: everywhere ? sumFigures(figures) : unknownFigures };
}
