'use client';
// The palette's field and what it offers: typed, moved through with the arrows, chosen with Enter.
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Kbd } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { PaletteGroup, PaletteItem } from './item.ts';
import type { Task } from './task.tsx';
import { useGroups } from './use-groups.ts';

export interface PaletteListProps {
  onBegin: (task: Task) => void;
  onClose: () => void;
}

export function PaletteList({ onBegin, onClose }: PaletteListProps) {
  const t = useTranslations('palette');
  const [typed, setTyped] = useState('');
  const { groups, ask, state } = useGroups(typed, onBegin);
  const choose = ({ types, act }: PaletteItem) => {
    if (types !== undefined) {
      setTyped(types);
      return;
    }
    onClose();
    act();
  };
  const nothing = state === 'looking' ? t('looking') : state === 'failed' ? t('failed') : ask.text === '' ? t('typeObject') : t('nothing', { text: ask.text });
  return (
    <Autocomplete.Root
      open inline mode="none" autoHighlight="always" keepHighlight items={groups} value={typed} itemToStringValue={({ title }) => title}
      onValueChange={(value, { reason }) => reason !== 'item-press' && setTyped(value)}
    >
      <Autocomplete.Input
        className="h-11 w-full rounded-t-md border-b border-line bg-transparent px-4 text-base -outline-offset-2" aria-label={t('label')} placeholder={t('placeholder')} maxLength={200}
      />
      <Autocomplete.Status className="sr-only">{state === 'looking' ? t('looking') : ''}</Autocomplete.Status>
      <Autocomplete.Empty className="px-4 py-6 text-muted empty:hidden">{nothing}</Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain py-1 empty:hidden">{(group: PaletteGroup) => <Group key={group.value} group={group} onChoose={choose} />}</Autocomplete.List>
    </Autocomplete.Root>
  );
}

function Group({ group, onChoose }: { group: PaletteGroup; onChoose: (item: PaletteItem) => void }) {
  return (
    <Autocomplete.Group items={[...group.items]}>
      <Autocomplete.GroupLabel className="px-4 pt-2 pb-1 text-sm text-muted">{group.value}</Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(item: PaletteItem) => (
          <Autocomplete.Item
            key={item.id} value={item} onClick={() => onChoose(item)}
            className="flex h-8 cursor-pointer items-center gap-2 border-l-2 border-transparent px-3.5 outline-none data-highlighted:border-accent data-highlighted:bg-raised max-md:h-10"
          >
            <span className="max-w-[60%] shrink-0 truncate">{item.title}</span>
            <span className="min-w-0 flex-1 truncate text-right text-sm text-muted">{item.sub}</span>
            {item.keys !== undefined && <span className="flex gap-1 max-md:hidden">{item.keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</span>}
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  );
}
