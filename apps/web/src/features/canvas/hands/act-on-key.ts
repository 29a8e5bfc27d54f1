// The canvas without a mouse: arrow keys go along columns and wires, letters do what the toolbar does.
import type { KeyboardEvent } from 'react';
import { singleKeysAct } from '../../shell/single-keys.ts';
import { kindOf, serviceIdOf, type NodeKey } from '../graph/node-key.ts';
import { neighbour, type Columns, type Direction } from '../graph/neighbours.ts';

export interface CanvasKeys {
  readonly columns: Columns;
  readonly focused: NodeKey | null;
  readonly onFocus: (key: NodeKey) => void;
  readonly onToggle: (key: NodeKey) => void;
  /** Into the side panel. */
  readonly onOpen: (key: NodeKey) => void;
  readonly onClear: () => void;
  readonly onSelectAll: () => void;
  readonly onFold: (serviceId: string) => void;
  readonly onSearch: () => void;
  /** Its keys are listed. */
  readonly onHelp: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly editing: {
    readonly onAddService: () => void;
    readonly onAddRealServer: (serviceId: string) => void;
    readonly onAddDirector: () => void;
    readonly onDelete: () => void;
    readonly onDuplicate: () => void;
    readonly onTidy: () => void;
  } | null;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right', Home: 'first', End: 'last',
};
const nearer = 1.25;

/** Gives whether the key was for the canvas. */
export function actOnKey({ key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, canvas: CanvasKeys): boolean {
  if (altKey) return false;
  if (ctrlKey || metaKey) return onCommand(key.toLowerCase(), canvas);
  const { focused } = canvas;
  const direction = directions[key];
  if (direction !== undefined) {
    const first = canvas.columns.services[0] ?? canvas.columns.lanes[0];
    const next = focused === null ? first : neighbour(canvas.columns, focused, direction);
    if (next !== undefined && next !== null) canvas.onFocus(next);
    return true;
  }
  if (key === 'Escape') canvas.onClear();
  else if (key === 'Enter' && focused !== null) canvas.onOpen(focused);
  else if (key === ' ' && focused !== null) canvas.onToggle(focused);
  else if (key === 'Delete' || key === 'Backspace') canvas.editing?.onDelete();
  else return singleKeysAct() && onLetter(key, canvas);
  return true;
}

function onCommand(key: string, { onSelectAll, editing }: CanvasKeys): boolean {
  if (key === 'a') onSelectAll();
  else if (key === 'd' && editing !== null) editing.onDuplicate();
  else return false;
  return true;
}

function onLetter(key: string, canvas: CanvasKeys): boolean {
  const { focused, editing } = canvas;
  const serviceId = focused === null ? null : serviceIdOf(focused);
  switch (key) {
    case '/': canvas.onSearch(); return true;
    case '?': canvas.onHelp(); return true;
    case '+': case '=': canvas.onZoom(nearer); return true;
    case '-': canvas.onZoom(1 / nearer); return true;
    case '0': canvas.onFit(); return true;
    case 'o': if (serviceId !== null) canvas.onFold(serviceId); return true;
    case 'a':
      // What belongs below what is focused: a real server to its service, a service to a director.
      if (serviceId === null || (focused !== null && kindOf(focused) === 'lane')) editing?.onAddService();
      else editing?.onAddRealServer(serviceId);
      return true;
    case 's': editing?.onAddService(); return true;
    case 'd': editing?.onAddDirector(); return true;
    case 't': editing?.onTidy(); return true;
    default: return false;
  }
}
