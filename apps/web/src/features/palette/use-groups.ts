'use client';
// All that the palette offers for what is typed, in groups: what a verb can be done to, pages and settings of that name, and what is found.
import { useTranslations } from 'use-intl';
import { askOf, isCalled, type Ask } from './ask.ts';
import type { PaletteGroup, PaletteItem } from './item.ts';
import type { Task } from './task.tsx';
import { usePages, useSettings } from './use-commands.ts';
import { useFound, type Finding } from './use-found.ts';
import { kindsFor, useObjects, useVerbs } from './use-objects.ts';
import { usePaged } from './use-paged.ts';

export interface Offered {
  readonly groups: readonly PaletteGroup[];
  readonly ask: Ask;
  readonly state: Finding['state'];
}

export function useGroups(typed: string, begin: (task: Task) => void): Offered {
  const t = useTranslations('palette');
  const wordsOf = (verb: 'drain' | 'weight' | 'edit' | 'apply') => t(`words.${verb}`).split('|');
  const words = { drain: wordsOf('drain'), weight: wordsOf('weight'), edit: wordsOf('edit'), apply: wordsOf('apply') };
  const offered = useVerbs(words);
  const asked = askOf(typed, words);
  // Whoever may do nothing looks for what is typed.
  const ask = offered.length === 0 ? { verb: null, text: typed.trim() } : asked;
  const { found, state } = useFound(ask.text, kindsFor(ask));
  const objects = useObjects(begin)(ask, found);
  const named = [...usePages(), ...useSettings()];
  const paged = usePaged(ask);
  // What was found for another text has nothing done to it: Enter may come before the answer.
  if (ask.verb !== null && ask.text === '' && !typed.endsWith(' ')) return { groups: groupsOf([t('groups.actions'), offered.filter(({ id }) => id === `verb ${ask.verb}`)]), ask, state };
  if (ask.verb !== null) return { groups: groupsOf([t('groups.actions'), state === 'there' ? objects : []]), ask, state };
  const fits = ({ id, title }: PaletteItem) => isCalled(ask.text, title, id);
  return {
    groups: groupsOf(
      [t('groups.commands'), named.filter(fits)], [t('groups.found'), [...paged, ...objects]], [t('groups.actions'), offered.filter(fits)],
    ),
    ask,
    state,
  };
}

function groupsOf(...all: readonly (readonly [string, PaletteGroup['items']])[]): readonly PaletteGroup[] {
  return all.filter(([, items]) => items.length > 0).map(([value, items]) => ({ value, items }));
}
