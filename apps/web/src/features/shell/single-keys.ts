// Whether single keys act: some people's speech input or tremor types them by mistake, so they can be switched off.
import { useSyncExternalStore } from 'react';

const storageKey = 'weir.singleKeys';
const listeners = new Set<() => void>();

/** By now: what was pressed before the page could act is judged before it is drawn anew. */
export function singleKeysAct(): boolean {
  return localStorage.getItem(storageKey) !== 'off';
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(listen, singleKeysAct, () => true);
}

const typingElements = 'input,select,textarea,[contenteditable="true"],[role="dialog"],[role="alertdialog"],[role="menu"]';
const spaceElements = `${typingElements},button,a,summary,[role="switch"]`;

/** Whether a key typed there is meant for what has the focus. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return true;
  return event.target.closest(event.key === ' ' ? spaceElements : typingElements) !== null;
}
