// The keys of the table while no cell is being typed in: as in a spreadsheet.
import type { KeyboardEvent } from 'react';
import type { Step } from './step.ts';

export interface TableKeys {
  readonly onStep: (step: Step) => void;
  /** The rows on the way are selected with it. */
  readonly onExtend: (step: 'up' | 'down') => void;
  /** `text` stands in place of what is there; null: it goes on from that. */
  readonly onType: (text: string | null) => void;
  readonly onToggle: () => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onAdd: () => void;
  readonly onDuplicate: () => void;
  readonly onDelete: () => void;
  readonly onSearch: () => void;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'rowStart', End: 'rowEnd', PageUp: 'pageUp', PageDown: 'pageDown',
};
const farSteps: Readonly<Record<string, Step>> = { Home: 'first', End: 'last', ArrowUp: 'first', ArrowDown: 'last', ArrowLeft: 'rowStart', ArrowRight: 'rowEnd' };

/** Gives whether the key was for the table. */
export function actOnKey(pressed: Pressed, table: TableKeys): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  if (altKey) return false;
  if (ctrlKey || metaKey) return onCommand(key, table);
  if (shiftKey && (key === 'ArrowUp' || key === 'ArrowDown')) table.onExtend(key === 'ArrowUp' ? 'up' : 'down');
  else if (steps[key] !== undefined) table.onStep(steps[key]);
  else return onPlain(key, table);
  return true;
}

function onCommand(key: string, table: TableKeys): boolean {
  const far = farSteps[key];
  if (far !== undefined) table.onStep(far);
  else if (key.toLowerCase() === 'a') table.onSelectAll();
  else if (key.toLowerCase() === 'd') table.onDuplicate();
  else if (key.toLowerCase() === 'f') table.onSearch();
  else return false;
  return true;
}

function onPlain(key: string, table: TableKeys): boolean {
  switch (key) {
    case 'Enter': case 'F2': table.onType(null); return true;
    case ' ': table.onToggle(); return true;
    case 'Escape': table.onClear(); return true;
    case 'Insert': table.onAdd(); return true;
    case 'Delete': table.onDelete(); return true;
    case 'Backspace': table.onType(''); return true;
    default:
      // A key that writes nothing has a name.
      if (!/^.$/u.test(key)) return false;
      table.onType(key);
      return true;
  }
}
