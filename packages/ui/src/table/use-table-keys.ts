// Moves the focus through a table's rows: j and k or the arrows, Home and End; Enter opens.
import { useState, type KeyboardEvent } from 'react';

const STEPS: Record<string, (index: number, last: number) => number> = {
  j: (index) => index + 1,
  ArrowDown: (index) => index + 1,
  k: (index) => index - 1,
  ArrowUp: (index) => index - 1,
  Home: () => 0,
  End: (_, last) => last,
};

export interface TableKeys {
  /** The one row that the tab key reaches. */
  tabStop: string | undefined;
  onRowFocus: (id: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void;
}

export function useTableKeys(ids: readonly string[], first: string | undefined, onOpen?: (id: string) => void): TableKeys {
  const [focused, setFocused] = useState<string>();
  const known = (id: string | undefined) => (id !== undefined && ids.includes(id) ? id : undefined);
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    // Keys typed into a control inside a row belong to that control.
    const row = event.currentTarget;
    if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = row.dataset['rowId'];
    if (id === undefined) return;
    if (event.key === 'Enter' && onOpen) {
      event.preventDefault();
      onOpen(id);
      return;
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const last = ids.length - 1;
    const next = Math.min(last, Math.max(0, step(ids.indexOf(id), last)));
    const target = row.parentElement?.children.item(next);
    if (target instanceof HTMLElement) target.focus();
  };
  return { tabStop: known(focused) ?? known(first) ?? ids[0], onRowFocus: setFocused, onKeyDown };
}
