'use client';
// A cell while something is typed or chosen in it. Its keys are its own until they lead out of it.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { SelectOption } from '@weir/ui';
import type { Step } from '../hands/step.ts';

export interface CellEditorProps {
  label: string;
  /** What stands in the cell. */
  text: string;
  /** What was typed to begin with, in its place. */
  begun: string | null;
  /** Left out: it is typed. */
  options?: readonly SelectOption[] | undefined;
  numeric: boolean;
  mono: boolean;
  /** What else is typed is refused. */
  accepts: (text: string) => boolean;
  /** Null: nothing is put. `step`: where the keyboard goes next; `all`: in every selected row. */
  onDone: (text: string | null, next: { readonly step: Step | 'stay' | 'away'; readonly all?: boolean }) => void;
}

export function CellEditor({ label, text, begun, options, numeric, mono, accepts, onDone }: CellEditorProps) {
  const [typed, setTyped] = useState(begun ?? text);
  const [refused, setRefused] = useState(false);
  const done = useRef(false);
  const element = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    const { current } = element;
    current?.focus({ preventScroll: true });
    // What was typed to begin with goes on; what stood there is replaced by typing.
    if (current instanceof HTMLInputElement && begun === null) current.select();
  }, [begun]);
  const end: CellEditorProps['onDone'] = (next, where) => {
    if (done.current) return;
    if (next !== null && !accepts(next) && where.step !== 'away') return setRefused(true);
    done.current = true;
    onDone(next, where);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const where = leads(event);
    event.stopPropagation();
    if (where === null) return;
    event.preventDefault();
    if (where === 'cancel') end(null, { step: 'stay' });
    else end(typed, where);
  };
  const shared = {
    ref: element, 'aria-label': label, value: typed, onKeyDown, onBlur: () => end(accepts(typed) ? typed : null, { step: 'away' }),
    className: `absolute inset-0 size-full border-0 bg-panel px-1.5 text-base text-text outline-2 -outline-offset-2 outline-focus ${numeric ? 'text-right' : ''} ${mono ? 'font-mono' : ''}`,
  };
  if (options !== undefined) {
    return <select {...shared} onChange={({ target }) => setTyped(target.value)}>{options.map(({ value, label: word }) => <option key={value} value={value}>{word}</option>)}</select>;
  }
  return (
    <input
      {...shared} inputMode={numeric ? 'numeric' : 'text'} autoComplete="off" spellCheck={false} aria-invalid={refused || undefined}
      onChange={({ target }) => {
        setTyped(target.value);
        setRefused(false);
      }}
    />
  );
}

type Led = { readonly step: Step | 'stay'; readonly all?: boolean } | 'cancel' | null;

function leads({ key, shiftKey, ctrlKey, metaKey, nativeEvent }: KeyboardEvent): Led {
  // Enter that takes a word of an input method is no Enter of ours.
  if (nativeEvent.isComposing) return null;
  switch (key) {
    case 'Escape': return 'cancel';
    case 'Enter': return ctrlKey || metaKey ? { step: 'stay', all: true } : { step: shiftKey ? 'up' : 'down' };
    case 'Tab': return { step: shiftKey ? 'previous' : 'next' };
    case 'F2': return { step: 'stay' };
    default: return null;
  }
}
