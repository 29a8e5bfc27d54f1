// One second of one topic, from what each director last said. Pure.
import { realServersInClusterTickMax, subjectOf } from '../../live/topic.ts';
import type { LiveCluster, LiveDirector, LiveTick, Topic } from '../../live/topic.ts';
import type { KnownRevision } from '../clusters/standings.ts';
import { sumFigures } from './figures.ts';
import { hasDown, isBelowQuorum, saidOf } from './health.ts';
import { holdersOf, reportsOn } from './holders.ts';
import type { DirectorNow, Holder } from './holders.ts';
import { liveService, serviceFigures, serviceIds, takesNone } from './rows.ts';

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
  if (revision === undefined) return null;
  const holders = holdersOf(revision, moment.directors);
  const ids = serviceIds(revision, holders).filter((id) => serviceId === null || id === serviceId);
  if (serviceId !== null && ids.length === 0) return null;
  const realServers = revision.definition.services.reduce((sum, service) => sum + service.realServers.length, 0);
  const whole = serviceId !== null || realServers <= realServersInClusterTickMax;
  return {
    topic,
    atMs: moment.atMs,
    directors: directorsOf(holders),
    clusters: [],
    services: ids.flatMap((id) => liveService(id, revision, holders, whole) ?? []),
  };
}

function overview(topic: Topic, moment: Moment): LiveTick {
  const known = moment.wanted.map((revision) => ({ revision, holders: holdersOf(revision, moment.directors) }));
  const clusters = known.map(({ revision, holders }): LiveCluster => {
    const said = serviceIds(revision, holders).map((id) => saidOf(revision.clusterId, id, holders));
    const reported = serviceIds(revision, holders).map((id) => reportsOn(id, holders)).filter(({ length }) => length > 0);
    return {
      clusterId: revision.clusterId,
      name: revision.name,
      directors: [...new Set(reported.flat().map(({ director }) => director.directorId))],
      figures: sumFigures(reported.map((reports) => sumFigures(reports.map(serviceFigures)))),
      takingNone: reported.filter((reports) => reports.some(takesNone)).length,
      someDown: said.filter((one) => one.some(hasDown)).length,
      belowQuorum: said.filter((one) => one.some(isBelowQuorum)).length,
    };
  });
  return { topic, atMs: moment.atMs, directors: directorsOf(known.flatMap(({ holders }) => holders)), clusters, services: [] };
}

function directorsOf(holders: readonly Holder[]): LiveDirector[] {
  const directors = new Map(holders.map(({ director }) => [director.directorId, director]));
  return [...directors.values()].map(({ directorId, name, live, lastSeenAtMs, sample, health }) => (
    { directorId, name, state: live ? 'live' : 'silent', lastSeenAtMs, measuredAtMs: sample?.measuredAtMs ?? null, checker: health?.checker ?? null }));
}
