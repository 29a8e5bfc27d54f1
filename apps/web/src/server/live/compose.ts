// One second of one topic, from what each director last said. Pure.
import { realServersInClusterTickMax, subjectOf } from '../../live/topic.ts';
import type { LiveTick, Topic } from '../../live/topic.ts';
import { composeDirector } from './director.ts';
import { holdersOf } from './holders.ts';
import { directorsOf } from './live-directors.ts';
import type { Moment } from './moment.ts';
import { composeOverview } from './overview/overview.ts';
import { liveService, serviceIds } from './rows/rows.ts';

/** Null where the topic is about nothing that there is. `traced`: of a second that is past, the services that the overview is about. */
export function composeTick(topic: Topic, moment: Moment, traced: ReadonlySet<string> | null = null): LiveTick | null {
  const { directorId, clusterId, serviceId } = subjectOf(topic);
  if (directorId !== null) return composeDirector(directorId, moment);
  if (clusterId === null) return composeOverview(moment, traced);
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
    services: ids.flatMap((id) => liveService(id, revision, holders, whole) ?? []),
  };
}
