// @vitest-environment happy-dom
// The table as a person meets it: order, keys, marks.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Column } from './column.ts';
import { DataTable, type DataTableProps } from './data-table.tsx';

interface Server {
  address: string;
  active: bigint | null;
}

const servers: Server[] = [
  { address: '10.0.0.10:80', active: 7n },
  { address: '10.0.0.9:80', active: null },
  { address: '10.0.0.2:80', active: 12_431n },
];

const columns: Column<Server>[] = [
  { id: 'address', header: 'Address', cell: (row) => row.address, sortBy: (row) => row.address, mono: true },
  { id: 'active', header: 'Active', cell: (row) => row.active?.toString() ?? '—', sortBy: (row) => row.active, numeric: true },
  { id: 'act', header: 'Actions', cell: () => <button type="button">Drain</button>, hideHeader: true },
];

const table = (more: Partial<DataTableProps<Server>> = {}) => (
  <DataTable caption="Real servers" columns={columns} rows={servers} rowId={(row) => row.address} locale="en" {...more} />
);

const hosts = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell')[0]?.textContent);
const row = (address: string) => screen.getByText(address).closest('tr') as HTMLTableRowElement;

afterEach(cleanup);

test('the caption names the table', () => {
  render(table());
  expect(screen.getByRole('table', { name: 'Real servers' })).toBeTruthy();
});

test('addresses sort as people read them, and the heading says so', () => {
  render(table());
  const heading = screen.getByRole('columnheader', { name: 'Address' });
  expect(heading.getAttribute('aria-sort')).toBe('none');
  fireEvent.click(within(heading).getByRole('button'));
  expect(heading.getAttribute('aria-sort')).toBe('ascending');
  expect(hosts()).toEqual(['10.0.0.2:80', '10.0.0.9:80', '10.0.0.10:80']);
});

test('a column for wide screens only is hidden on a narrow one, heading and cells', () => {
  render(table({ columns: columns.map((column) => ({ ...column, wideOnly: column.id === 'active' })) }));
  const classes = [...screen.getAllByRole('columnheader'), ...screen.getAllByRole('cell').slice(0, 3)].map((each) => each.className.includes('max-md:hidden'));
  expect(classes).toEqual([false, true, false, false, true, false]);
});

test('a page that keeps the order says it, and is told another', () => {
  const onSort = vi.fn<(sort: unknown) => void>();
  const { rerender } = render(table({ sort: null, onSort }));
  expect(hosts(), 'the order of the rows').toEqual(['10.0.0.10:80', '10.0.0.9:80', '10.0.0.2:80']);
  fireEvent.click(screen.getByRole('button', { name: 'Address' }));
  expect(onSort).toHaveBeenLastCalledWith({ id: 'address', descending: false });
  expect(hosts(), 'not before the page says so').toEqual(['10.0.0.10:80', '10.0.0.9:80', '10.0.0.2:80']);
  rerender(table({ sort: { id: 'address', descending: true }, onSort }));
  expect(hosts()).toEqual(['10.0.0.10:80', '10.0.0.9:80', '10.0.0.2:80']);
  rerender(table({ sort: { id: 'address', descending: false }, onSort }));
  expect(hosts()).toEqual(['10.0.0.2:80', '10.0.0.9:80', '10.0.0.10:80']);
});

test('unknown values come last in either direction', () => {
  const { rerender } = render(table({ initialSort: { id: 'active', descending: true } }));
  expect(hosts()).toEqual(['10.0.0.2:80', '10.0.0.10:80', '10.0.0.9:80']);
  rerender(<span />);
  rerender(table({ initialSort: { id: 'active', descending: false } }));
  expect(hosts()).toEqual(['10.0.0.10:80', '10.0.0.2:80', '10.0.0.9:80']);
});

test('a pinned column stays in sight where the table is wider than its place, heading and cells', () => {
  render(table({ columns: columns.map((column) => ({ ...column, pinned: column.id === 'act' })) }));
  const classes = [...screen.getAllByRole('columnheader'), ...screen.getAllByRole('cell').slice(0, 3)].map((each) => /(?:^| )right-0(?: |$)/.test(each.className));
  expect(classes).toEqual([false, false, true, false, false, true]);
});

test('rows stay where they are while the pointer is over them', () => {
  const sort = { initialSort: { id: 'active', descending: true } };
  const { rerender, container } = render(table(sort));
  const before = hosts();
  const body = container.querySelector('tbody') as HTMLElement;
  fireEvent.pointerEnter(body);
  const changed = servers.map((server) => ({ ...server, active: server.address === '10.0.0.9:80' ? 99_999n : server.active }));
  rerender(table({ ...sort, rows: changed }));
  expect(hosts()).toEqual(before);
  expect(within(row('10.0.0.9:80')).getByText('99999')).toBeTruthy();
  fireEvent.pointerLeave(body);
  expect(hosts()[0]).toBe('10.0.0.9:80');
});

test('j and k move the focus, Enter opens', () => {
  const open = vi.fn<(row: Server) => void>();
  render(table({ onOpen: open, selectedId: '10.0.0.9:80' }));
  const selected = row('10.0.0.9:80');
  expect(selected.getAttribute('aria-current')).toBe('true');
  expect(selected.tabIndex).toBe(0);
  selected.focus();
  fireEvent.keyDown(selected, { key: 'j' });
  expect(document.activeElement).toBe(row('10.0.0.2:80'));
  fireEvent.keyDown(row('10.0.0.2:80'), { key: 'j' });
  expect(document.activeElement).toBe(row('10.0.0.2:80'));
  fireEvent.keyDown(row('10.0.0.2:80'), { key: 'Home' });
  expect(document.activeElement).toBe(row('10.0.0.10:80'));
  fireEvent.keyDown(row('10.0.0.10:80'), { key: 'Enter' });
  expect(open.mock.calls).toEqual([[servers[0]]]);
});

test('a control in a row keeps its own keys and clicks', () => {
  const open = vi.fn<(row: Server) => void>();
  render(table({ onOpen: open }));
  const drain = within(row('10.0.0.10:80')).getByRole('button', { name: 'Drain' });
  fireEvent.keyDown(drain, { key: 'Enter' });
  fireEvent.click(drain);
  expect(open).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText('10.0.0.10:80'));
  expect(open).toHaveBeenCalledOnce();
});

test('without rows it says why', () => {
  render(table({ rows: [], empty: <p>No real servers yet</p> }));
  expect(screen.getByText('No real servers yet')).toBeTruthy();
});
