// One second of one director: all that it forwards in sum, whichever cluster it is of. Pure.
import { directorTopic } from '../../live/topic.ts';
import type { Figures, LiveTick } from '../../live/topic.ts';
import type { DirectorNow } from './holders.ts';
import { directorsOf } from './live-directors.ts';
import type { Moment } from './moment.ts';
import { sumFigures } from './rows/figures.ts';
import { serviceFigures } from './rows/rows.ts';

/** Null where there is no such director. */
export function composeDirector(directorId: string, { atMs, directors }: Moment): LiveTick | null {
  const director = directors.get(directorId);
  if (director === undefined) return null;
  return { topic: directorTopic(directorId), atMs, directors: directorsOf([{ director }]), services: [], figures: sumFigures(figuresOn(director)) };
}

function figuresOn({ sample: at, before }: DirectorNow): Figures[] {
  if (at === null) return [];
  return at.serviceKeys.flatMap((key): Figures[] => {
    const service = at.service(key);
    const earlier = before?.service(key) ?? null;
    if (service === null) return [];
    return [serviceFigures({ at, service, before: before === null || earlier === null ? null : { service: earlier, measuredAtMs: before.measuredAtMs } })];
  });
}
