// Where keys lead in the table.
import { tutorialCluster } from '@weir/model';
import { expect, test } from 'vitest';
import { rowsOf } from '../rows.ts';
import { actOnKey, type TableKeys } from './act-on-key.ts';
import { stepFrom, type Cell, type Step } from './step.ts';

const { services: [web] } = tutorialCluster('lvs-a');
if (web === undefined) throw new Error('a service');
// Rows: web, rs-20, rs-30, mail, rs-20, rs-30.
const { rows } = rowsOf({ services: [web, { ...web, id: 'mail', name: 'mail' }] });
const at = (place: number, column: Cell['column']): Cell => ({ place, column });

test.each<[Cell, Step, Cell | null]>([
  [at(0, 'name'), 'up', null], [at(0, 'name'), 'down', at(1, 'name')], [at(0, 'name'), 'left', null], [at(0, 'holder'), 'right', null],
  // Over what a row has not.
  [at(2, 'weight'), 'down', at(4, 'weight')], [at(4, 'weight'), 'up', at(2, 'weight')], [at(0, 'scheduler'), 'down', at(3, 'scheduler')], [at(1, 'port'), 'right', at(1, 'weight')],
  [at(1, 'lower'), 'rowStart', at(1, 'name')], [at(0, 'name'), 'rowEnd', at(0, 'holder')], [at(3, 'port'), 'first', at(0, 'name')], [at(0, 'name'), 'last', at(5, 'lower')],
  [at(1, 'lower'), 'next', at(2, 'name')], [at(3, 'name'), 'previous', at(2, 'lower')], [at(5, 'lower'), 'next', null], [at(0, 'name'), 'previous', null],
  [at(0, 'name'), 'pageDown', at(3, 'name')], [at(5, 'name'), 'pageUp', at(2, 'name')], [at(4, 'weight'), 'pageDown', at(5, 'weight')], [at(1, 'weight'), 'pageUp', at(1, 'weight')],
])('from %j, %s leads to %j', (from, step, to) => expect(stepFrom(rows, from, step, 3)).toEqual(to));

test('of no rows none leads anywhere', () => {
  for (const step of ['up', 'down', 'first', 'last', 'pageUp', 'pageDown', 'next', 'previous'] as const) expect(stepFrom([], at(0, 'name'), step, 3)).toBeNull();
});

test.each([
  [{ key: 'a' }, 'onType', 'a'], [{ key: '中' }, 'onType', '中'], [{ key: 'Enter' }, 'onType', null], [{ key: 'F2' }, 'onType', null], [{ key: 'Backspace' }, 'onType', ''],
  [{ key: 'ArrowUp', ctrlKey: true }, 'onStep', 'first'], [{ key: 'ArrowUp', shiftKey: true }, 'onExtend', 'up'], [{ key: 'A', metaKey: true }, 'onSelectAll', undefined],
  [{ key: 'Tab' }, null, undefined], [{ key: 'Process' }, null, undefined], [{ key: 'z', ctrlKey: true }, null, undefined], [{ key: 'ArrowLeft', altKey: true }, null, undefined],
] as const)('%j is %s', (pressed, act, word) => {
  const done: unknown[][] = [];
  const noted = (name: keyof TableKeys) => (...words: unknown[]) => void done.push([name, ...words]);
  const acted = actOnKey({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...pressed }, {
    onStep: noted('onStep'), onExtend: noted('onExtend'), onType: noted('onType'), onToggle: noted('onToggle'), onSelectAll: noted('onSelectAll'), onClear: noted('onClear'),
    onAdd: noted('onAdd'), onDuplicate: noted('onDuplicate'), onDelete: noted('onDelete'), onSearch: noted('onSearch'),
  });
  expect(acted).toBe(act !== null);
  expect(done).toEqual(act === null ? [] : [word === undefined ? [act] : [act, word]]);
});
