// A mark that can be pointed at and focused: then it says what happened. It opens the page that shows more.
'use client';
import { Tooltip } from '@base-ui/react/tooltip';
import type { MouseEvent, ReactElement } from 'react';
import { MarkGlyph, type MarkKind, type MarkTone } from './mark-glyph.tsx';

export interface TimeMark {
  id: string;
  atMs: number;
  kind: MarkKind;
  tone: MarkTone;
  /** What happened, to what. */
  text: string;
  /** Null: no page shows more. */
  href: string | null;
}

export type OnOpen = (href: string) => void;

/** A plain click is the page's own; others (a new tab) are the browser's. */
export function openWith(onOpen: OnOpen, href: string): (event: MouseEvent) => void {
  return (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(href);
  };
}

const target = 'inline-flex size-6 items-center justify-center rounded-sm hover:bg-raised';

export function OneMark({ mark, momentText, onOpen }: { mark: TimeMark; momentText: (t: number) => string; onOpen: OnOpen }) {
  const moment = momentText(mark.atMs);
  const label = `${moment} ${mark.text}`;
  const glyph = <MarkGlyph kind={mark.kind} tone={mark.tone} />;
  const trigger = mark.href === null
    // What can be focused has to say something, also where it does nothing.
    ? <button type="button" aria-label={label} className={target}>{glyph}</button>
    : <a href={mark.href} aria-label={label} className={target} onClick={openWith(onOpen, mark.href)}>{glyph}</a>;
  return <Words trigger={trigger} moment={moment} text={mark.text} />;
}

function Words({ trigger, moment, text }: { trigger: ReactElement; moment: string; text: string }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={trigger} delay={0} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={4} className="z-40">
          <Tooltip.Popup className="max-w-80 rounded-sm border border-line-strong bg-panel px-2 py-1 text-sm text-text wrap-anywhere shadow-overlay">
            <span className="font-mono text-muted">{moment}</span> {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
