// What is typed in a cell is what the draft has then, and each row keeps what the cell says nothing of.
import { tutorialCluster, type ClusterDefinition, type VirtualService } from '@weir/model';
import { expect, test } from 'vitest';
import { rowsOf } from '../rows.ts';
import { cellText } from './cell-text.ts';
import { applies, columnIds, type ColumnId } from './columns.ts';
import { putCells } from './put-cells.ts';

const tutorial = tutorialCluster('lvs-a');
const [web] = tutorial.services;
if (web === undefined) throw new Error('a service');
const [first, second] = web.realServers;
if (first === undefined || second === undefined) throw new Error('two real servers');
const marked: VirtualService = {
  ...web, id: 'marked', name: 'marked', match: { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'tcp', vips: ['10.0.0.1', '10.0.0.2'], ports: [80, 443] },
  scheduler: { name: 'sh', fallback: true, port: false }, realServers: [{ ...first, method: { kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } } }, second],
};
const draft: ClusterDefinition = {
  ...tutorial, services: [web, marked], vips: [...tutorial.vips, { address: '10.0.0.1', holder: 'lvs-a' }, { address: '10.0.0.2', holder: 'lvs-b' }],
};
const { rows } = rowsOf(draft);
const put = (places: readonly number[], column: ColumnId, text: string) => putCells(draft, places.flatMap((place) => rows[place] ?? []), column, text);
const texts = (definition: ClusterDefinition, column: ColumnId) => rowsOf(definition).rows.map((row) => (applies(row, column) ? cellText(row, column, definition.vips) : null));

test('a cell that is kept as it stands changes nothing', () => {
  // Who holds VIPs of several holders is not said in one word.
  const kept = rows.flatMap((row, place) => columnIds.filter((column) => applies(row, column) && !(place === 3 && column === 'holder'))
    .map((column) => [place, column, put([place], column, cellText(row, column, draft.vips))] as const));
  expect(kept.filter(([, , edit]) => edit !== null)).toEqual([]);
});

test.each<[ColumnId, number[], string, (string | null)[]]>([
  ['name', [0], 'www', ['www', 'rs-20', 'rs-30', 'marked', 'rs-20', 'rs-30']],
  ['address', [3], '10.0.0.3 fd00::1', ['127.0.8.200', '127.0.8.20', '127.0.8.30', '10.0.0.3, fd00::1', '127.0.8.20', '127.0.8.30']],
  ['port', [3], '', ['8080', '8080', '8080', '', '8080', '8080']],
  ['port', [1, 2, 5], '81', ['8080', '81', '81', '80, 443', '8080', '81']],
  ['weight', [1, 0, 4], '', [null, '', '1', null, '', '1']],
  ['method', [1, 4], 'tun', [null, 'tun', 'proxied', null, 'tun', 'proxied']],
  ['scheduler', [0, 3], 'mh', ['mh', null, null, 'mh', null, null]],
  ['holder', [3], 'lvs-b', ['lvs-a', null, null, 'lvs-b', null, null]],
  ['upper', [1], '100', [null, '100', '0', null, '0', '0']],
])('%s of rows %j becomes "%s"', (column, places, text, expected) => {
  const edit = put(places, column, text);
  const after = edit?.after ?? draft;
  expect(texts(after, column)).toEqual(expected);
  expect(columnIds.filter((other) => JSON.stringify(texts(after, other)) !== JSON.stringify(texts(draft, other)))).toEqual([column]);
});

test('a tunnel and the flags of a scheduler stay where the word stays', () => {
  expect(put([1, 4], 'method', 'tun')?.after.services[1]?.realServers[0]?.method).toEqual({ kind: 'tun', tunnel: { type: 'gre', checksum: 'csum' } });
  expect(put([0, 3], 'scheduler', 'sh')?.after.services.map(({ scheduler }) => scheduler)).toEqual([{ name: 'sh', fallback: false, port: false }, { name: 'sh', fallback: true, port: false }]);
});
