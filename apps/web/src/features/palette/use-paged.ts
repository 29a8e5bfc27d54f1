'use client';
// A page of a cluster by two words: which cluster, and which of its pages.
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { pagedOf, type Ask } from './ask.ts';
import type { PaletteItem } from './item.ts';
import { useFound } from './use-found.ts';

const pages = ['live', 'connections'] as const;

export function usePaged({ verb, text }: Ask): readonly PaletteItem[] {
  const titles = useTranslations('titles');
  const kinds = useTranslations('palette')('kinds.cluster');
  const router = useRouter();
  const asked = verb === null ? pagedOf(text, pages.map((page) => ({ page, names: [page, titles(page)] }))) : null;
  const { found, state } = useFound(asked?.text ?? '', ['cluster']);
  if (asked === null || state !== 'there') return [];
  return found.map(({ clusterId, name }) => (
    { id: `${asked.page} ${clusterId}`, title: name, sub: `${kinds} · ${titles(asked.page)}`, act: () => router.push(`/clusters/${clusterId}/${asked.page}`) }));
}
