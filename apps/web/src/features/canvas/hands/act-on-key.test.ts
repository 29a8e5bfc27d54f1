// @vitest-environment happy-dom
// What a key does on the canvas.
import { tutorialCluster } from '@weir/model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setSingleKeys } from '../../shell/single-keys.ts';
import { foldedByCount, lanesOf } from '../graph/lanes.ts';
import { columnsOf } from '../graph/neighbours.ts';
import { laneNode, realServerNode, serviceNode, type NodeKey } from '../graph/node-key.ts';
import { actOnKey, type CanvasKeys } from './act-on-key.ts';

const done: string[] = [];
const said = (name: string) => (...args: unknown[]) => void done.push([name, ...args].join(' '));

function canvas(focused: NodeKey | null, editable = true): CanvasKeys {
  return {
    columns: columnsOf(lanesOf(tutorialCluster('a'), foldedByCount)), focused,
    onFocus: said('focus'), onToggle: said('toggle'), onOpen: said('open'), onClear: said('clear'), onSelectAll: said('all'), onFold: said('fold'), onSearch: said('search'), onHelp: said('help'),
    onZoom: said('zoom'), onFit: said('fit'),
    editing: editable ? {
      onAddService: said('addService'), onAddRealServer: said('addRealServer'), onAddDirector: said('addDirector'), onDelete: said('delete'), onDuplicate: said('duplicate'), onTidy: said('tidy'),
    } : null,
  };
}

const press = (key: string, focused: NodeKey | null, editable = true) => (
  actOnKey({ key: key.replace('Ctrl ', ''), ctrlKey: key.startsWith('Ctrl '), metaKey: false, altKey: false }, canvas(focused, editable)));

beforeEach(() => vi.stubGlobal('localStorage', window.localStorage));
afterEach(() => {
  done.length = 0;
  setSingleKeys(true);
});

const server = realServerNode('web', 'rs-20');
test.each([
  ['ArrowDown', null, 'focus s:web'], ['ArrowRight', laneNode('a'), 'focus s:web'], ['ArrowLeft', server, 'focus s:web'], ['Enter', server, `open ${server}`], [' ', server, `toggle ${server}`],
  ['Escape', server, 'clear'], ['Delete', server, 'delete'], ['a', server, 'addRealServer web'], ['a', serviceNode('web'), 'addRealServer web'], ['a', laneNode('a'), 'addService'],
  ['s', server, 'addService'], ['d', null, 'addDirector'], ['o', server, 'fold web'], ['t', null, 'tidy'], ['/', null, 'search'], ['?', server, 'help'], ['0', null, 'fit'], ['Ctrl a', null, 'all'], ['Ctrl d', server, 'duplicate'],
] as const)('%s on %s: %s', (key, focused, expected) => {
  expect(press(key, focused)).toBe(true);
  expect(done).toEqual([expected]);
});

test.each(['q', 'Ctrl z', 'Ctrl c', 'Tab'])('%s is not for the canvas', (key) => {
  expect(press(key, server)).toBe(false);
  expect(done).toEqual([]);
});

test('single keys that are switched off do nothing, the others still do', () => {
  setSingleKeys(false);
  expect(press('a', server)).toBe(false);
  expect(press('ArrowLeft', server)).toBe(true);
  expect(done).toEqual(['focus s:web']);
});

test('a drawing that is only looked at is changed by no key', () => {
  for (const key of ['a', 's', 'd', 't', 'Delete', 'Ctrl d']) press(key, server, false);
  expect(done).toEqual([]);
});
