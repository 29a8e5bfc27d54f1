// A selection as text, to be pasted here or into another cluster. What is pasted is checked: it may come from anywhere.
import { z } from 'zod';
import { RealServer, VirtualService, type ClusterDefinition } from '../definition/definition.ts';
import type { Edit, NewId, ObjectRef } from './edit.ts';
import { chosen, freeId, idsOf, serviceOf } from './objects.ts';

/** More is no selection but a file to import. */
const CLIP_MAX_CHARS = 4_000_000;

const Clip = z.strictObject({
  weir: z.literal('objects'),
  services: z.array(VirtualService).max(1_000),
  realServers: z.array(RealServer).max(10_000),
});
export type Clip = z.infer<typeof Clip>;

/** Null where nothing of it is there to be copied. */
export function clipText(draft: ClusterDefinition, refs: readonly ObjectRef[]): string | null {
  const { services, realServers } = chosen(draft, refs);
  if (services.length + realServers.length === 0) return null;
  const clip: Clip = { weir: 'objects', services: [...services], realServers: realServers.map(({ realServer }) => realServer) };
  return JSON.stringify(clip, null, 1);
}

/** Null where the text is no selection of ours, or one that was copied half typed. */
export function readClip(text: string): Clip | null {
  if (text.length > CLIP_MAX_CHARS || !text.trimStart().startsWith('{')) return null;
  try {
    return Clip.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Services behind the others; real servers into `into`, which must be there if the clip has any. All get new ids. Null where nothing can be pasted. */
export function paste(draft: ClusterDefinition, clip: Clip, into: string | null, newId: NewId): Edit | null {
  const target = into === null ? null : serviceOf(draft, into);
  const count = clip.services.length + clip.realServers.length;
  if (count === 0 || (clip.realServers.length > 0 && target === null)) return null;
  const services = withNewIds(clip.services, idsOf(draft.services), newId);
  const realServers = withNewIds(clip.realServers, idsOf(target?.realServers ?? []), newId);
  const present = target === null || realServers.length === 0 ? draft.services
    : draft.services.map((service) => (service === target ? { ...target, realServers: [...target.realServers, ...realServers] } : service));
  return {
    after: { ...draft, services: [...present, ...services] }, name: { code: 'paste', params: { count } }, field: null,
    touched: [
      ...services.map(({ id }): ObjectRef => ({ kind: 'service', serviceId: id })),
      ...realServers.map(({ id }): ObjectRef => ({ kind: 'realServer', serviceId: target?.id ?? '', realServerId: id })),
    ],
  };
}

function withNewIds<T extends { readonly id: string }>(items: readonly T[], used: Set<string>, newId: NewId): T[] {
  return items.map((item) => {
    const id = freeId(used, newId);
    used.add(id);
    return { ...item, id };
  });
}
