// What a drain would do, before anybody orders it: who is connected, who is remembered, and what each director is set to do about it.
import { drainEffects, leftWithNone } from '@weir/model';
import type { ClusterDefinition, DrainEffects, DrainState, DrainTarget, LeftWithNone } from '@weir/model';
import { since } from '@weir/protocol';
import { PanelError } from '../errors.ts';
import { targetsIn } from '../overrides/order.ts';
import type { OrderTarget } from '../overrides/order.ts';
import { concerned } from '../overrides/reading.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { countedOf } from './counted.ts';
import type { DrainPreview, DrainPreviews, PreviewTarget } from './drain-view.ts';
import { definitionOn, namesOf } from './look.ts';
import type { LookParts } from './look.ts';

export interface PreviewParts extends LookParts {
  readonly gateway: Gateway;
  /** Of drains of a cluster that are ordered and not among those that a director holds: it may have them any moment. */
  readonly coming: (clusterId: string, held: readonly DrainState[]) => DrainTarget[];
}

export interface PreviewAsked {
  readonly clusterId: string;
  readonly target: OrderTarget;
}

function targetsOn(parts: PreviewParts, directorId: string, definition: ClusterDefinition, asked: PreviewAsked): PreviewTarget[] {
  const targets = targetsIn(definition, asked);
  const counted = countedOf(targets, definition, parts.samples.get(directorId));
  return namesOf(definition, targets).map((named, index) => {
    const service = definition.services.find(({ id }) => id === named.serviceId);
    const weight = service?.realServers.find(({ id }) => id === named.realServerId)?.weight ?? 0;
    return { ...named, weight, persistenceSeconds: service?.persistence?.timeoutSeconds ?? null, counted: counted[index] ?? null };
  });
}

async function effectsOn({ gateway }: PreviewParts, directorId: string, name: string): Promise<DrainEffects | null> {
  const hello = gateway.director(directorId)?.hello ?? null;
  if (hello === null) return null;
  if (hello.version < since.drain) throw new PanelError('agentTooOld', { director: name });
  // What a kernel is set to may have changed since the hello.
  const kernel = hello.capabilities.driver === 'proxy' ? null : (await gateway.client(directorId).inspect())?.kernel ?? null;
  const removal = kernel?.settings.find((setting) => setting.name === 'expire_nodest_conn')?.value;
  const capabilities = removal === undefined || removal === null ? hello.capabilities : { ...hello.capabilities, removal: removal === '0' ? 'stall' as const : 'reset' as const };
  return drainEffects(capabilities, kernel);
}

/** Null while it does not answer, or by a definition that the panel does not have. Older agents drain nothing. */
function leftOn({ gateway, live, coming }: PreviewParts, directorId: string, asked: PreviewAsked): LeftWithNone[] | null {
  const state = gateway.stateNow(directorId);
  if (state === null) return null;
  const held = state.accepted.find(({ clusterId }) => clusterId === asked.clusterId);
  if (held === undefined || state.drains === null) return [];
  const definition = live.acceptedDefinition(held);
  if (definition === null) return null;
  const input = { directorId, accepted: [{ ...held, definition }], overrides: state.overrides, nowMs: Date.now() };
  return leftWithNone(targetsIn(definition, asked), input, coming(asked.clusterId, state.drains));
}

async function previewOn(parts: PreviewParts, { directorId, name }: { readonly directorId: string; readonly name: string }, asked: PreviewAsked): Promise<DrainPreview> {
  const definition = definitionOn(parts, directorId, asked.clusterId);
  const targets = definition === null ? [] : targetsOn(parts, directorId, definition, asked);
  const who = { directorId, name, targets, leftWithNone: leftOn(parts, directorId, asked) };
  try {
    return { ...who, effects: await effectsOn(parts, directorId, name), error: null };
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    return { ...who, effects: null, error: { code: error.code, params: error.params } };
  }
}

/** A host may stand in clusters of others, on the same directors: those go on. */
function alsoIn({ gateway, live, clusters }: PreviewParts, { clusterId, target }: PreviewAsked, directorIds: readonly string[]): string[] {
  if (target.kind !== 'host') return [];
  const others = directorIds.flatMap((directorId) => gateway.state(directorId)?.accepted.filter((held) => held.clusterId !== clusterId) ?? []);
  const having = others.filter((held) => live.acceptedDefinition(held)?.services.some(({ realServers }) => realServers.some(({ rip }) => rip === target.rip)) ?? false);
  return [...new Set(having.map((held) => clusters.view(held.clusterId).name))].toSorted();
}

export async function previewDrain(parts: PreviewParts, asked: PreviewAsked): Promise<DrainPreviews> {
  const directors = concerned(parts, asked.clusterId);
  if (directors.length === 0) throw new PanelError('nothingAccepted');
  const previews = await Promise.all(directors.map((director) => previewOn(parts, director, asked)));
  return { directors: previews.filter(({ targets, leftWithNone: left, error }) => targets.length > 0 || left === null || error !== null), alsoIn: alsoIn(parts, asked, directors.map(({ directorId }) => directorId)) };
}
