'use client';
// Above the drawing: what can be added, taken back, looked for and looked at.
import type { ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import type { Drawing } from '../sight/use-drawing.ts';
import type { Undo } from '../hands/use-undo.ts';
import { KeysHelp, Legend } from './explained.tsx';
import { SearchBox } from './search-box.tsx';
import { Tool } from './tool.tsx';
import { UndoTools } from './undo-tools.tsx';

export interface ToolbarProps {
  drawing: Drawing;
  nameOf: (directorId: string) => string;
  searchRef: RefObject<HTMLInputElement | null>;
  palette?: ReactNode;
  /** Left out: the drawing is only looked at. */
  editing?: { readonly undo: Undo; readonly onDuplicate: () => void; readonly onDelete: () => void; readonly onTidy: () => void };
}

export function Toolbar({ drawing, nameOf, searchRef, palette, editing }: ToolbarProps) {
  const { camera, find, show, focus } = drawing;
  const t = useTranslations('canvas');
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-2 py-1.5">
      {palette}
      {editing !== undefined && <EditTools {...editing} any={drawing.selected.size > 0} />}
      <span className="ml-auto"><SearchBox inputRef={searchRef} find={(text) => find(text, nameOf)} onShow={show} onGo={focus} /></span>
      <fieldset aria-label={t('view')} className="min-w-0 flex items-center">
        <Tool label={t('zoomOut')} onPress={() => camera.zoomBy(0.8)}><path d="M3 8h10" /></Tool>
        <Tool label={t('zoomIn')} onPress={() => camera.zoomBy(1.25)}><path d="M3 8h10M8 3v10" /></Tool>
        <Tool label={t('fit')} onPress={camera.fit}><path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" /></Tool>
        <Legend />
        <KeysHelp buttonRef={drawing.help} editable={editing !== undefined} />
      </fieldset>
    </div>
  );
}

function EditTools({ undo, onDuplicate, onDelete, onTidy, any }: NonNullable<ToolbarProps['editing']> & { any: boolean }) {
  const t = useTranslations('canvas');
  return (
    <fieldset aria-label={t('edit')} className="min-w-0 flex items-center">
      <UndoTools undo={undo} />
      <Tool label={t('duplicate')} disabled={!any} onPress={onDuplicate}><rect x="2.5" y="2.5" width="8" height="8" rx="1" /><path d="M13.5 6v7.5H6" /></Tool>
      <Tool label={t('delete')} disabled={!any} onPress={onDelete}><path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.7 9h5.6l.7-9" /></Tool>
      <Tool label={t('tidy')} onPress={onTidy}><rect x="2" y="6.2" width="4.5" height="3.6" rx="1" /><rect x="10" y="2" width="4" height="3.2" rx="1" /><rect x="10" y="10.8" width="4" height="3.2" rx="1" /><path d="M6.5 8h2M8.5 3.6H10M8.5 12.4H10M8.5 3.6v8.8" /></Tool>
    </fieldset>
  );
}
