// Which directors may have which VIPs on their hosts, by what they say, or by all that was ever heard of one that is silent.
import { knownHoldings } from '../../forgetting/what-stays.ts';
import type { DirectorView } from '../../gateway/director-view.ts';
import type { PlanningParts } from './planning.ts';
import type { PossibleHolder } from './vip-moves.ts';

/** A director that is connected again and has not said yet what is on its host is no better known than a silent one. */
export function possibleHolders(parts: PlanningParts): Promise<PossibleHolder[]> {
  return Promise.all(parts.gateway.directors().map(async (director) => ({
    directorId: director.id, name: director.name, answers: parts.gateway.stateNow(director.id) !== null, vips: new Set(await vipsOn(parts, director)),
  })));
}

async function vipsOn(parts: PlanningParts, director: DirectorView): Promise<string[]> {
  const said = parts.gateway.state(director.id)?.host?.vips.map(({ address }) => address) ?? [];
  if (parts.gateway.stateNow(director.id) !== null) return said;
  const holdings = await knownHoldings(parts, director);
  const held = holdings.flatMap(({ definition }) => definition?.vips ?? []).filter(({ holder }) => holder === director.id);
  return [...said, ...held.map(({ address }) => address)];
}
