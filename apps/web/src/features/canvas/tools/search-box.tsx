'use client';
// Jumps to objects by what people know of them.
import { TextInput } from '@weir/ui';
import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslations } from 'use-intl';
import type { NodeKey } from '../graph/node-key.ts';

export interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  find: (text: string) => NodeKey[];
  /** Brings it into sight, and chooses it. */
  onShow: (key: NodeKey) => void;
  /** The keyboard goes there. */
  onGo: (key: NodeKey) => void;
}

export function SearchBox({ inputRef, find, onShow, onGo }: SearchBoxProps) {
  const t = useTranslations('canvas');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = find(text);
  const step = (by: number) => {
    const next = found.length === 0 ? 0 : (at + by + found.length) % found.length;
    const key = found[next];
    setAt(next);
    if (key !== undefined) onShow(key);
  };
  const type = (next: string) => {
    setText(next);
    setAt(0);
    const [first] = find(next);
    if (first !== undefined) onShow(first);
  };
  const keys = (event: KeyboardEvent) => {
    const here = found[at];
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Escape' && here !== undefined) onGo(here);
    else return;
    event.preventDefault();
  };
  return (
    <span className="flex items-center gap-2">
      <TextInput
        ref={inputRef} type="search" value={text} onChange={(event) => type(event.target.value)} onKeyDown={keys} aria-label={t('search')} placeholder={t('search')}
        className="h-7 w-60" autoComplete="off" spellCheck={false}
      />
      <output className="min-w-14 text-sm text-muted">{text.trim() !== '' && (found.length === 0 ? t('foundNone') : t('found', { at: at + 1, count: found.length }))}</output>
    </span>
  );
}
