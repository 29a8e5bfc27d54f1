'use client';
// Found objects as the palette offers them: opened, or with a verb what can be done to them. Nothing is done here: the verb's page or dialog opens.
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { Found, FoundKind } from '../../search/found.ts';
import { operates } from '../../server/auth/operates.ts';
import { useMay, usePerson } from '../session/person.tsx';
import { verbs, type Ask, type Verb, type VerbWords } from './ask.ts';
import type { PaletteItem } from './item.ts';
import type { Task } from './task.tsx';

const kindsOf: Record<Verb, readonly FoundKind[]> = { drain: ['realServer'], weight: ['realServer'], edit: ['cluster', 'service'], apply: ['cluster'] };

/** What a verb can be done to; of any kind without one. */
export function kindsFor({ verb }: Ask): readonly FoundKind[] {
  return verb === null ? [] : kindsOf[verb];
}

function placeOf({ kind, clusterId, serviceId, directorId }: Found): string {
  if (kind === 'director') return `/directors/${directorId ?? ''}`;
  return kind === 'cluster' ? `/clusters/${clusterId ?? ''}` : `/clusters/${clusterId ?? ''}/live?service=${serviceId ?? ''}`;
}

function idOf({ kind, clusterId, serviceId, realServerId, directorId }: Found): string {
  return [kind, clusterId, serviceId, realServerId, directorId].join(' ');
}

export function useObjects(begin: (task: Task) => void): (ask: Ask, found: readonly Found[]) => readonly PaletteItem[] {
  const t = useTranslations('palette');
  const router = useRouter();
  const person = usePerson();
  const sub = (one: Found) => [t(`kinds.${one.kind}`), one.address, one.serviceName !== null && one.kind === 'realServer' ? one.serviceName : null, one.kind === 'cluster' ? null : one.clusterName]
    .filter((part) => part !== null).join(' · ');
  const open = (one: Found): PaletteItem => ({ id: idOf(one), title: one.name, sub: sub(one), act: () => router.push(placeOf(one)) });
  const done = (verb: Verb, one: Found): PaletteItem => ({
    id: `${verb} ${idOf(one)}`, title: t(`does.${verb}`, { name: one.name }), sub: sub(one),
    act: () => {
      if (verb === 'edit') router.push(`/clusters/${one.clusterId ?? ''}/edit`);
      else if (verb === 'apply') router.push(`/clusters/${one.clusterId ?? ''}/change`);
      else begin({ verb, found: one });
    },
  });
  return ({ verb }, found) => {
    if (verb === null) return found.map(open);
    return found.filter(({ kind, clusterId }) => kindsOf[verb].includes(kind) && clusterId !== null && operates(person, clusterId)).map((one) => done(verb, one));
  };
}

/** The verbs themselves, for those who may use one somewhere: chosen, they wait for an object. */
export function useVerbs(words: VerbWords): readonly PaletteItem[] {
  const t = useTranslations('palette');
  const { role, clusterIds } = usePerson();
  const somewhere = useMay('operator') && (role !== 'operator' || clusterIds === null || clusterIds.length > 0);
  if (!somewhere) return [];
  return verbs.map((verb) => ({ id: `verb ${verb}`, title: t(`verbs.${verb}`), sub: t('action'), act: () => undefined, types: `${words[verb][0] ?? verb} ` }));
}
