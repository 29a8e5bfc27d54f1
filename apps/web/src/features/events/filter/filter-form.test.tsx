// @vitest-environment happy-dom
// The filter as a person meets it: chips act at once, fields when they are sent, bad input is said at its field.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import type { EventFilter } from '../../../events/event.ts';
import { messagesOf } from '../../../i18n/messages.ts';
import type { AppRouter } from '../../../server/router.ts';
import { TRPCProvider } from '../../../trpc/client.ts';
import { Filter } from './filter-form.tsx';

const answers: Record<string, unknown> = {
  'clusters.list': [{ id: 'c1', name: 'edge' }, { id: 'c2', name: 'core' }], 'directors.list': [{ id: 'd1', name: 'lvs-a' }],
  'clusters.get': { head: { definition: { services: [{ id: 's1', name: 'web' }] } }, wanted: null },
};
const panel: TRPCLink<AppRouter> = () => ({ op: { path } }) => observable((observer) => {
  observer.next({ result: { type: 'data', data: answers[path] } });
  observer.complete();
});

function open(filter: EventFilter): EventFilter[] {
  const asked: EventFilter[] = [];
  const queryClient = new QueryClient();
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
          <Filter filter={filter} onFilter={(wanted) => asked.push(wanted)} />
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
  return asked;
}

const deadline = { timeout: 15_000 };
const find = () => fireEvent.click(screen.getByRole('button', { name: 'Find' }));

afterEach(cleanup);

test('kinds and tones act at once and leave the rest of the filter', () => {
  const asked = open({ kinds: ['health'], text: 'web' });
  const pressed = screen.getByRole('button', { name: 'health' });
  expect(pressed.getAttribute('aria-pressed')).toBe('true');
  fireEvent.click(pressed);
  fireEvent.click(screen.getByRole('button', { name: 'drain' }));
  fireEvent.click(screen.getByRole('button', { name: 'broken' }));
  expect(asked).toEqual([{ text: 'web' }, { kinds: ['health', 'drain'], text: 'web' }, { kinds: ['health'], tones: ['bad'], text: 'web' }]);
});

test('what is written is asked for together, beside the kinds that are chosen; another cluster takes its service away', async () => {
  const asked = open({ kinds: ['health'], clusterId: 'c1', serviceId: 's1', realServerId: 'r1' });
  await screen.findByRole('option', { name: 'web' }, deadline);
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: ' rs-1 ' } });
  find();
  await waitFor(() => expect(asked).toEqual([{ kinds: ['health'], clusterId: 'c1', serviceId: 's1', realServerId: 'r1', text: 'rs-1' }]), deadline);
  fireEvent.change(screen.getByLabelText('Cluster'), { target: { value: 'c2' } });
  find();
  await waitFor(() => expect(asked.at(-1)).toEqual({ kinds: ['health'], clusterId: 'c2', text: 'rs-1' }), deadline);
});

test('a span that ends before it begins is said at its end, and nothing is asked', async () => {
  const asked = open({});
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-11-22T10:00' } });
  fireEvent.change(screen.getByLabelText('Before'), { target: { value: '2026-11-22T09:00' } });
  find();
  expect(await screen.findByText('Ends before it begins.', undefined, deadline)).toBeTruthy();
  expect(screen.getByLabelText('Before').getAttribute('aria-invalid')).toBe('true');
  expect(asked).toEqual([]);
});

test('what is looked for and is gone stays chosen by its id, and all comes back', () => {
  const asked = open({ directorId: 'gone' });
  expect(screen.getByLabelText('Director')).toHaveProperty('value', 'gone');
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(asked).toEqual([{}]);
});

test('the slash goes to the text', async () => {
  open({});
  fireEvent.keyDown(document.body, { key: '/' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('searchbox')), deadline);
});
