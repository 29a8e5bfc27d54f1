// Marks on one place: their count, which opens a list of them.
'use client';
import { Menu } from '@base-ui/react/menu';
import { useEffect, useEffectEvent } from 'react';
import { MarkGlyph } from './mark-glyph.tsx';
import type { OnOpen, TimeMark } from './one-mark.tsx';

export interface ManyMarksProps {
  marks: readonly TimeMark[];
  /** "4 events, 14:02:11 – 14:02:15". */
  label: string;
  momentText: (t: number) => string;
  onOpen: OnOpen;
  onListOpen: (open: boolean) => void;
}

export function ManyMarks({ marks, label, momentText, onOpen, onListOpen }: ManyMarksProps) {
  // Another window may have no such place: its list is gone too, and nothing else says so.
  const gone = useEffectEvent(() => onListOpen(false));
  useEffect(() => () => gone(), []);
  return (
    <Menu.Root modal={false} onOpenChange={onListOpen}>
      <Menu.Trigger aria-label={label} title={label} className="inline-flex h-6 min-w-6 items-center justify-center rounded-sm border border-line-strong bg-panel px-1 font-mono text-xs hover:bg-raised">
        {marks.length}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} className="z-40">
          <Menu.Popup className="max-h-80 max-w-100 overflow-y-auto rounded-md border border-line-strong bg-panel py-1 text-text shadow-overlay outline-none">
            {marks.map(({ id, atMs, kind, tone, text, href }) => (
              <Menu.Item
                key={id} disabled={href === null} onClick={() => href !== null && onOpen(href)}
                className="flex min-h-8 cursor-default items-center gap-2 px-3 py-1 text-sm wrap-anywhere select-none data-highlighted:bg-raised focus-visible:-outline-offset-2"
              >
                <MarkGlyph kind={kind} tone={tone} />
                <span className="font-mono text-muted">{momentText(atMs)}</span>
                <span>{text}</span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
