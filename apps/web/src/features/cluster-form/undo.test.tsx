// @vitest-environment happy-dom
// Steps in the form of a cluster are taken back by name, to exactly what was, and done again.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { tutorialCluster, type DraftValues } from '@weir/model';
import { ToastRegion } from '@weir/ui';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { ClusterFormPage } from './cluster-form.tsx';
import type { ClusterForm } from './definition/form-values.ts';

const director = { id: 'lvs-a', name: 'lvs-a', hello: null };
const initial = tutorialCluster('lvs-a');

function open(opened?: DraftValues) {
  const onSave = vi.fn<(form: ClusterForm) => Promise<void>>(() => Promise.resolve());
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <ToastRegion label="said" closeLabel="close">
        <ClusterFormPage initial={initial} opened={opened} directors={[director]} onSave={onSave} onEdited={() => undefined} submitLabel="save it" />
      </ToastRegion>
    </IntlProvider>,
  );
  return async () => {
    fireEvent.click(screen.getByRole('button', { name: 'save it' }));
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce(), { timeout: 15_000 });
    return onSave.mock.calls[0]?.[0].definition;
  };
}

function type(label: string, text: string, index = 0): void {
  const field = screen.getAllByLabelText(label)[index];
  if (field === undefined) throw new Error(`no field ${label}`);
  fireEvent.input(field, { target: { value: text } });
  fireEvent.focusOut(field);
}
const values = (label: string) => screen.getAllByLabelText<HTMLInputElement>(label).map(({ value }) => value);
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));

afterEach(cleanup);

test('what was typed, removed and added is taken back by name, and done again', async () => {
  const saved = open();
  type('Weight', '5');
  await press('Remove real server rs-30');
  await waitFor(() => expect(values('Weight')).toEqual(['5']));
  await press('Add a virtual service');
  await waitFor(() => expect(screen.getAllByLabelText('Scheduler')).toHaveLength(2));
  await press('Undo: Add virtual service …');
  await waitFor(() => expect(screen.getAllByLabelText('Scheduler')).toHaveLength(1));
  await press('Undo: Delete real server 127.0.8.30:8080 from web');
  await waitFor(() => expect(values('Weight')).toEqual(['5', '1']));
  await press('Undo: Set weight of 127.0.8.20:8080 to 5');
  await waitFor(() => expect(values('Weight')).toEqual(['1', '1']));
  expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  await press('Redo: Set weight of 127.0.8.20:8080 to 5');
  await waitFor(() => expect(values('Weight')).toEqual(['5', '1']));
  expect(await saved()).toEqual({ ...initial, services: initial.services.map((service) => ({ ...service, realServers: service.realServers.map((one, index) => (index === 0 ? { ...one, weight: 5 } : one)) })) });
});

test('what is typed into one field is one step, and a VIP goes along with its service', async () => {
  open();
  for (const text of ['127.0.8.2', '127.0.8.21', '127.0.8.210']) type('VIP', text);
  await waitFor(() => expect(screen.getByLabelText('127.0.8.210')).toBeTruthy());
  await press('Undo: Change virtual service web');
  await waitFor(() => expect(values('VIP')).toEqual(['127.0.8.200']));
  await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('127.0.8.200').value).toBe('lvs-a'));
  expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
});

test('a draft goes on half typed, and a number that was none is an empty field', async () => {
  const [service] = initial.services;
  if (service === undefined) throw new Error('a service');
  const half = { ...service, realServers: service.realServers.map((one) => ({ ...one, weight: Number.NaN, rip: '127.' })) };
  open({ definition: { ...initial, name: '', services: [half] }, reason: 'why' });
  expect(values('Weight')).toEqual(['', '']);
  expect(values('RIP')).toEqual(['127.', '127.']);
  expect(values('Reason')).toEqual(['why']);
  type('Weight', '3');
  type('RIP', '127.0.8.1', 1);
  await press('Undo: Change real server 127.:8080 of web');
  await waitFor(() => expect(values('RIP')).toEqual(['127.', '127.']));
  await press('Undo: Set weight of 127.:8080 to 3');
  await waitFor(() => expect(values('Weight')).toEqual(['', '']));
});

/** Whether the page took it for itself. */
const undone = (on: HTMLElement, keys: { shiftKey?: boolean } = {}) => !fireEvent.keyDown(on, { key: keys.shiftKey ? 'Z' : 'z', ctrlKey: true, ...keys });

test('Ctrl+Z takes steps back wherever the keyboard is, in a field after what was typed there', async () => {
  open();
  type('Weight', '5');
  await screen.findByRole('button', { name: 'Undo: Set weight of 127.0.8.20:8080 to 5' });
  expect(undone(document.body)).toBe(true);
  await waitFor(() => expect(values('Weight')).toEqual(['1', '1']));
  expect(undone(document.body, { shiftKey: true })).toBe(true);
  await waitFor(() => expect(values('Weight')).toEqual(['5', '1']));
  const [, second] = screen.getAllByLabelText<HTMLInputElement>('Weight');
  if (second === undefined) throw new Error('two real servers');
  second.focus();
  fireEvent(second, new InputEvent('beforeinput', { bubbles: true }));
  fireEvent.input(second, { target: { value: '17' } });
  expect(undone(second), 'the browser does').toBe(false);
  fireEvent.input(second, { target: { value: '1' } });
  expect(undone(second), 'nothing typed there is left').toBe(true);
  await waitFor(() => expect(values('Weight')).toEqual(['1', '1']));
  expect(undone(screen.getByLabelText('Scheduler'), { shiftKey: true }), 'a list has nothing of its own').toBe(true);
  await waitFor(() => expect(values('Weight')).toEqual(['5', '1']));
});

test('back at the very start nothing new is done: the way forward stays', async () => {
  // A draft whose VIPs are not those of its services.
  open({ definition: { ...initial, vips: [] }, reason: '' });
  expect(screen.getByLabelText<HTMLSelectElement>('127.0.8.200').value).toBe('lvs-a');
  type('Weight', '5');
  await press('Undo: Set weight of 127.0.8.20:8080 to 5');
  await waitFor(() => expect(values('Weight')).toEqual(['1', '1']));
  fireEvent.focusOut(screen.getByLabelText('Scheduler'));
  expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
  await press('Redo: Set weight of 127.0.8.20:8080 to 5');
  await waitFor(() => expect(values('Weight')).toEqual(['5', '1']));
});
