// @vitest-environment happy-dom
// The table of a draft, with the keyboard alone: the same draft as the form's, its steps by name.
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { tutorialCluster, type ClusterDefinition, type DraftValues } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ClusterFormPage } from '../cluster-form/cluster-form.tsx';
import type { ClusterForm } from '../cluster-form/definition/form-values.ts';

const initial = tutorialCluster('lvs-a');
const director = { id: 'lvs-a', name: 'lvs-a', hello: null };

// Nothing is laid out here: the table is told how much of it is in sight.
beforeAll(() => {
  const prototype: object = Object.getPrototypeOf(document.createElement('div'));
  Object.defineProperties(prototype, { clientHeight: { configurable: true, get: () => 560 }, clientWidth: { configurable: true, get: () => 1_200 } });
});
afterEach(cleanup);

function open(opened?: DraftValues) {
  const onSave = vi.fn<(form: ClusterForm) => Promise<void>>(() => Promise.resolve());
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <ToastRegion label="said" closeLabel="close">
        <ClusterFormPage initial={initial} opened={opened} directors={[director]} onSave={onSave} onEdited={() => undefined} submitLabel="save it" view="table" />
      </ToastRegion>
    </IntlProvider>,
  );
  return async (): Promise<ClusterDefinition | undefined> => {
    fireEvent.click(screen.getByRole('button', { name: 'save it' }));
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce(), { timeout: 15_000 });
    return onSave.mock.calls[0]?.[0].definition;
  };
}

const grid = () => screen.getByRole('grid');
/** Headings are the first row. */
const texts = (row: number) => within(screen.getAllByRole('row')[row] ?? grid()).getAllByRole('cell').slice(1).map(({ textContent }) => textContent);
const focused = () => document.activeElement as HTMLElement;
const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => fireEvent.keyDown(focused(), { key, ...more });
const cellOf = (row: number, which: string) => screen.getAllByRole('row')[row]?.querySelector<HTMLElement>(which);
function begin(column: string, row: number): void {
  const cell = cellOf(row, `[data-column=${column}]`);
  if (cell == null) throw new Error(`no ${column} in row ${row}`);
  act(() => cell.focus());
}
function type(text: string): void {
  fireEvent.change(focused(), { target: { value: text } });
}
const weights = (definition: ClusterDefinition | undefined) => definition?.services.flatMap(({ realServers }) => realServers.map(({ weight }) => weight));

test('each service has its row, and below it each real server', () => {
  open();
  expect(grid().getAttribute('aria-rowcount')).toBe('4');
  expect(texts(1)).toEqual(['web 2 real servers', '127.0.8.200', '8080', 'tcp', 'rr', 'lvs-a', ...Array<string>(4).fill('none')]);
  // The wire of the method has a name of its own, for those who do not see it.
  expect(texts(2)).toEqual(['rs-20', '127.0.8.20', '8080', 'none', 'none', 'none', '1', 'proxiedproxied', '0', '0']);
});

test('a cell is typed in place, kept by Enter and left as it was by Escape', async () => {
  const saved = open();
  begin('weight', 2);
  press('5');
  expect(focused()).toHaveProperty('value', '5');
  type('50');
  press('Enter');
  await waitFor(() => expect(texts(2)[6]).toBe('50'));
  expect(focused().closest('tr')?.getAttribute('aria-rowindex'), 'one row down').toBe('4');
  press('F2');
  expect(focused()).toHaveProperty('value', '1');
  type('9');
  press('Escape');
  expect(texts(3)[6]).toBe('1');
  expect(focused().dataset['column']).toBe('weight');
  expect(screen.getByRole('button', { name: 'Undo: Set weight of 127.0.8.20:8080 to 50' })).toBeTruthy();
  expect(weights(await saved())).toEqual([50, 1]);
});

test('arrow keys pass over what a row has not, Tab goes on typing, and what is no number is refused', async () => {
  open();
  begin('scheduler', 1);
  press('ArrowRight');
  expect(focused().dataset['column']).toBe('holder');
  press('ArrowRight');
  expect(focused().dataset['column']).toBe('holder');
  press('Home');
  press('ArrowDown');
  press('ArrowRight');
  expect(focused().dataset['column']).toBe('address');
  press('Enter');
  type('127.0.8.21');
  press('Tab');
  expect(focused()).toHaveProperty('value', '8080');
  type('http');
  press('Tab');
  expect(focused().getAttribute('aria-invalid')).toBe('true');
  type('8081');
  press('Tab');
  expect(focused().getAttribute('aria-label')).toBe('Weight of rs-20');
  press('Escape');
  await waitFor(() => expect(texts(2).slice(1, 3)).toEqual(['127.0.8.21', '8081']));
});

test('several rows are set at once, duplicated and deleted, and each step is taken back by name', async () => {
  const saved = open();
  begin('weight', 2);
  press('ArrowDown', { shiftKey: true });
  expect(screen.getByText('2 rows selected')).toBeTruthy();
  press('7');
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect([texts(2)[6], texts(3)[6]]).toEqual(['7', '7']));
  press('d', { ctrlKey: true });
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(6));
  press('Delete');
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(4));
  fireEvent.click(screen.getByRole('button', { name: 'Undo: Delete 2 objects' }));
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(6));
  fireEvent.click(screen.getByRole('button', { name: 'Undo: Duplicate 2 objects' }));
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(4));
  expect(weights(await saved())).toEqual([7, 7]);
});

test('what is selected is given a weight and a method from above', async () => {
  open();
  begin('name', 1);
  press(' ');
  fireEvent.change(screen.getByLabelText('Weight of all'), { target: { value: '3' } });
  fireEvent.click(screen.getByRole('button', { name: 'Set weight of 2' }));
  await waitFor(() => expect([texts(2)[6], texts(3)[6]]).toEqual(['3', '3']));
  fireEvent.change(screen.getByLabelText('Method of all'), { target: { value: 'dr' } });
  await waitFor(() => expect([texts(2)[7], texts(3)[7]]).toEqual(['DR, direct routingDR', 'DR, direct routingDR']));
});

test('a weight that was set for all leaves the keyboard in the table, where it is taken back', async () => {
  open();
  begin('name', 1);
  press(' ');
  const field = screen.getByLabelText('Weight of all');
  act(() => field.focus());
  type('3');
  press('Enter');
  await waitFor(() => expect([texts(2)[6], texts(3)[6]]).toEqual(['3', '3']), { timeout: 15_000 });
  await waitFor(() => expect(focused()).toBe(cellOf(1, '[data-column=name]')), { timeout: 15_000 });
  press('z', { ctrlKey: true });
  await waitFor(() => expect([texts(2)[6], texts(3)[6]]).toEqual(['1', '1']), { timeout: 15_000 });
});

test('a new real server says quietly what is missing, and saving leads there and says it is needed', async () => {
  const saved = open();
  begin('name', 1);
  press('Insert');
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(5));
  await waitFor(() => expect(focused().tagName).toBe('INPUT'));
  type('rs-40');
  press('Enter');
  await waitFor(() => expect(texts(4)[0]).toBe('rs-40'));
  expect(cellOf(4, '[data-column=address]')?.textContent).toBe('missing');
  expect(cellOf(4, '[data-column=address]')?.getAttribute('aria-invalid')).toBeNull();
  expect(within(grid()).queryByRole('img', { name: /Error/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'save it' }));
  await waitFor(() => expect(cellOf(4, '[data-column=address]')?.getAttribute('aria-invalid')).toBe('true'), { timeout: 15_000 });
  await waitFor(() => expect(focused()).toBe(cellOf(4, '[data-column=address]')));
  press('1');
  type('127.0.8.40');
  press('Enter');
  await waitFor(() => expect(cellOf(4, '[data-column=address]')?.textContent).toBe('127.0.8.40'));
  expect((await saved())?.services[0]?.realServers.map(({ rip, name }) => [name, rip]).at(-1)).toEqual(['rs-40', '127.0.8.40']);
});

test('a finding is at its cell, in words below the table, and is mended there', async () => {
  open();
  begin('address', 3);
  press('1');
  type('127.0.8.20');
  press('Enter');
  await waitFor(() => expect(cellOf(3, '[aria-invalid=true]')?.textContent).toContain('stands in web twice'));
  act(() => cellOf(3, '[aria-invalid=true]')?.focus());
  fireEvent.click((await screen.findAllByRole('button', { name: /^Mend: / }))[0] ?? grid());
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(3));
});

test('of ten thousand rows those in sight are drawn, and the keyboard reaches the last', async () => {
  const [service] = initial.services;
  if (service === undefined) throw new Error('a service');
  const [like] = service.realServers;
  if (like === undefined) throw new Error('a real server');
  const realServers = Array.from({ length: 10_000 }, (_, index) => ({ ...like, id: `rs-${index}`, name: `rs-${index}`, rip: `10.1.${index >> 8}.${index & 255}` }));
  open({ definition: { ...initial, services: [{ ...service, realServers }] }, reason: '' });
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
  begin('name', 1);
  press('End', { ctrlKey: true });
  await waitFor(() => expect(focused().closest('tr')?.getAttribute('aria-rowindex')).toBe('10002'));
  expect(screen.getAllByRole('row').length).toBeLessThan(120);
}, 60_000);
