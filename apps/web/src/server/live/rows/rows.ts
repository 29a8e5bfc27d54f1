// The rows of a cluster's tick: its services and their real servers, as directors forward them, beside what is wanted. Pure.
import { vipsOf } from '@weir/model';
import type { RealServerSample, VirtualService } from '@weir/model';
import type { Figures, LiveHealth, LiveRealServer, LiveService } from '../../../live/topic.ts';
import type { KnownRevision } from '../../clusters/standings.ts';
import { figuresOf, sumFigures, unknownFigures } from './figures.ts';
import { healthByRealServer, saidOf, serviceHealth } from './health.ts';
import { reportsOn, servicesOf } from '../holders.ts';
import type { DefinedService, Holder, Report } from '../holders.ts';
import { refusedOf } from './refused.ts';

/** Of the wanted revision in its order, then those that directors have accepted all the same. */
export function serviceIds({ definition }: KnownRevision, holders: readonly Holder[]): string[] {
  const accepted = holders.flatMap((holder) => (holder.definition === null ? [] : [...servicesOf(holder.definition).keys()]));
  return [...new Set([...servicesOf(definition).keys(), ...accepted])];
}

export function liveService(serviceId: string, revision: KnownRevision, holders: readonly Holder[], withRealServers: boolean): LiveService | null {
  const wanted = servicesOf(revision.definition).get(serviceId) ?? null;
  const variants = holders.flatMap(({ definition }) => (definition === null ? [] : servicesOf(definition).get(serviceId) ?? []));
  const reports = reportsOn(serviceId, holders);
  const shown = wanted ?? variants[0];
  if (shown === undefined) return null;
  const said = saidOf(revision.clusterId, serviceId, holders);
  const realServers = withRealServers ? realServerRows(serviceId, { wanted, variants, reports, holders, health: healthByRealServer(said) }) : [];
  return {
    clusterId: revision.clusterId,
    serviceId,
    name: shown.service.name,
    key: reports[0]?.defined.key ?? shown.key,
    holderId: holderOf(shown.service, revision),
    directors: reports.map(({ director }) => director.directorId),
    figures: sumFigures(reports.map(serviceFigures)),
    refused: refusedOf(reports),
    wanted: wanted !== null,
    notAppliedOn: wanted === null ? [] : lacking(holders, (definition) => definition.get(serviceId)?.key === wanted.key),
    takesNoneOn: reports.filter(takesNone).map(({ director }) => director.directorId),
    health: serviceHealth(said),
    realServerCount: withRealServers ? realServers.length : shown.byId.size,
    realServers,
  };
}

export function takesNone({ defined, service }: Report): boolean {
  return defined.byId.size > 0 && service.sample.realServers.every(({ weight }) => weight === 0);
}

/** The directors of the wanted revision of which is known that they have accepted another definition, or none. */
function lacking(holders: readonly Holder[], has: (services: ReadonlyMap<string, DefinedService>) => boolean): string[] {
  return holders
    .filter(({ named, told, definition }) => named && told && (definition === null || !has(servicesOf(definition))))
    .map(({ director }) => director.directorId);
}

function holderOf({ match }: VirtualService, { definition: { vips } }: KnownRevision): string | null {
  const [holder = null, ...others] = new Set(vipsOf(match).map((vip) => vips.find(({ address }) => address === vip)?.holder ?? null));
  return others.length === 0 ? holder : null;
}

export function serviceFigures({ at, service, before }: Pick<Report, 'at' | 'service' | 'before'>): Figures {
  return figuresOf({
    connections: service.sample.realServers.map(({ connections }) => connections),
    counters: service.sample.counters,
    measuredAtMs: at.measuredAtMs,
    before: before === null ? null : { counters: before.service.sample.counters, measuredAtMs: before.measuredAtMs },
    byteKind: at.byteKind,
  });
}

interface Sides {
  readonly wanted: DefinedService | null;
  /** As directors have accepted it. */
  readonly variants: readonly DefinedService[];
  readonly reports: readonly Report[];
  readonly holders: readonly Holder[];
  readonly health: ReadonlyMap<string, LiveHealth[]>;
}

function realServerRows(serviceId: string, { wanted, variants, reports, holders, health }: Sides): LiveRealServer[] {
  const ids = new Set([...wanted?.byId.keys() ?? [], ...variants.flatMap(({ byId }) => [...byId.keys()])]);
  const defined = [...ids].flatMap((id): LiveRealServer[] => {
    const asWanted = wanted?.byId.get(id);
    const shown = asWanted ?? variants.find(({ byId }) => byId.has(id))?.byId.get(id);
    if (shown === undefined) return [];
    const having = reports.filter((report) => report.defined.byId.has(id));
    return [{
      realServerId: id,
      name: shown.realServer.name,
      wantedWeight: asWanted?.realServer.weight ?? null,
      health: health.get(id) ?? [],
      notAppliedOn: asWanted === undefined ? [] : lacking(holders, (services) => services.get(serviceId)?.byId.get(id)?.key === asWanted.key),
      ...forwarded(having, shown.key, (report) => report.defined.byId.get(id)?.key),
    }];
  });
  return [...defined, ...unknownRows(reports)];
}

/** What a director forwards to and no revision names: somebody else added it, or the tick is older than what was accepted since. */
function unknownRows(reports: readonly Report[]): LiveRealServer[] {
  const keys = new Set(reports.flatMap(({ service, defined }) => [...service.realServers.keys()].filter((key) => !defined.keys.has(key))));
  return [...keys].map((key): LiveRealServer => {
    const having = reports.filter(({ service, defined }) => service.realServers.has(key) && !defined.keys.has(key));
    return { realServerId: null, name: key, wantedWeight: null, notAppliedOn: [], health: [], ...forwarded(having, key, () => key) };
  });
}

interface Found {
  readonly report: Report;
  readonly sample: RealServerSample;
}

type Forwarded = Pick<LiveRealServer, 'key' | 'weight' | 'weights' | 'figures'>;

/** As the directors that should have it say. */
function forwarded(reports: readonly Report[], otherwise: string, keyOn: (report: Report) => string | undefined): Forwarded {
  const found = reports.flatMap((report): Found[] => {
    const sample = report.service.realServers.get(keyOn(report) ?? '');
    return sample === undefined ? [] : [{ report, sample }];
  });
  const [first, ...others] = new Set(found.map(({ sample }) => sample.weight));
  // Where some of them have it and others do not, a sum would be of something else than the service's.
  const everywhere = found.length === reports.length;
  return {
    key: found[0]?.sample.key ?? otherwise,
    weight: others.length === 0 ? first ?? null : null,
    weights: others.length === 0 ? [] : found.map(({ report, sample }) => ({ directorId: report.director.directorId, weight: sample.weight })),
    figures: everywhere ? sumFigures(found.map(realServerFigures)) : unknownFigures,
  };
}

function realServerFigures({ report: { at, before }, sample }: Found): Figures {
  const earlier = before?.service.realServers.get(sample.key);
  return figuresOf({
    connections: [sample.connections],
    counters: sample.counters,
    measuredAtMs: at.measuredAtMs,
    before: before === null || earlier === undefined ? null : { counters: earlier.counters, measuredAtMs: before.measuredAtMs },
    byteKind: at.byteKind,
  });
}
