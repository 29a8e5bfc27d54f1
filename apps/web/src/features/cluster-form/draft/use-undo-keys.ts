'use client';
// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) wherever the keyboard is. In a field they are the browser's as long as it has something of its own to take back there.
import { useEffect, useEffectEvent } from 'react';

export interface Steps {
  readonly undo: () => void;
  readonly redo: () => void;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

export function useUndoKeys({ undo, redo }: Steps): void {
  const act = useEffectEvent((which: keyof Steps) => (which === 'undo' ? undo() : redo()));
  useEffect(() => {
    // What stood in a field before the first key since somebody came there, or since a step of ours changed it.
    const begunWith = new WeakMap<TextField, string>();
    const onType = ({ target }: Event) => {
      if (isTextField(target) && !begunWith.has(target)) begunWith.set(target, target.value);
    };
    const onLeave = ({ target }: Event) => {
      if (isTextField(target)) begunWith.delete(target);
    };
    const onKey = (event: KeyboardEvent) => {
      const which = meantBy(event);
      const { target } = event;
      if (which === null || event.defaultPrevented || (target instanceof Element && target.closest('[role="dialog"],[role="alertdialog"]') !== null)) return;
      if (isTextField(target)) {
        const before = begunWith.get(target);
        // Once all that was typed there is taken back, the steps before it are.
        if (before !== undefined && (which === 'redo' || target.value !== before)) return;
        begunWith.delete(target);
      }
      event.preventDefault();
      act(which);
    };
    document.addEventListener('beforeinput', onType);
    document.addEventListener('focusout', onLeave);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('beforeinput', onType);
      document.removeEventListener('focusout', onLeave);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

function meantBy({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): keyof Steps | null {
  const pressed = key.toLowerCase();
  if (!(ctrlKey || metaKey) || altKey || (pressed !== 'z' && pressed !== 'y')) return null;
  return pressed === 'y' || shiftKey ? 'redo' : 'undo';
}

/** A box or a list has nothing to be taken back by the browser. */
function isTextField(target: EventTarget | null): target is TextField {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type));
}
