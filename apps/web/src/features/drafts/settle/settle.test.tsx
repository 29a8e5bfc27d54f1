// @vitest-environment happy-dom
// What two people changed at once, side by side: only what both changed is asked, and everything may be overruled.
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { tutorialCluster, type ClusterDefinition, type DraftValues, type RealServer } from '@weir/model';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import { Settle } from './settle.tsx';

const base = tutorialCluster('lvs-a');

function changed(first: Partial<RealServer>, second: Partial<RealServer> = {}): ClusterDefinition {
  return {
    ...base, services: base.services.map((service) => ({
      ...service, realServers: service.realServers.map((realServer, index) => ({ ...realServer, ...(index === 0 ? first : second) })),
    })),
  };
}

function open(wanted: ClusterDefinition, mine: ClusterDefinition) {
  const onSettled = vi.fn<(values: DraftValues) => void>();
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <Settle
        base={{ number: 3, definition: base }} wanted={{ number: 4, author: 'Ben', definition: wanted }} mine={{ definition: mine, reason: 'why' }}
        nameOf={(id) => id} onSettled={onSettled} onDiscard={() => undefined}
      />
    </IntlProvider>,
  );
  return {
    group: (name: string) => within(screen.getByRole('region', { name })),
    go: () => fireEvent.click(screen.getByRole('button', { name: 'Go on editing on top of revision 4' })),
    onSettled,
  };
}

const cells = (group: { readonly getAllByRole: (role: string) => HTMLElement[] }) => group.getAllByRole('cell').map(({ textContent }) => textContent);

afterEach(cleanup);

test('a conflict is settled before it goes on, and shows all three sides', () => {
  const { group, go, onSettled } = open(changed({ weight: 2, port: 81 }), changed({ weight: 3 }));
  const conflict = group('1 object that both changed');
  expect(conflict.getByRole('rowheader').textContent).toBe('real server 127.0.8.20:8080 of web');
  expect(cells(conflict).slice(0, 3)).toEqual(['port 8080weight 1', 'port 81weight 2', 'port 8080weight 3']);
  go();
  expect(onSettled).not.toHaveBeenCalled();
  expect(screen.getByRole('alert').textContent).toBe('1 object is not settled yet.');
  expect(document.activeElement).toBe(conflict.getAllByRole('radio')[0]);
  fireEvent.click(conflict.getByRole('radio', { name: 'Revision 4' }));
  go();
  expect(onSettled).toHaveBeenCalledExactlyOnceWith({ definition: changed({ weight: 2, port: 81 }), reason: 'why' });
});

test('what one side changed is taken from it, unless a person chooses otherwise', () => {
  const { group, go, onSettled } = open(changed({ weight: 2 }), changed({}, { weight: 3 }));
  expect(group('1 object that only they changed').getByRole<HTMLInputElement>('radio', { name: 'Revision 4' }).checked).toBe(true);
  go();
  expect(onSettled).toHaveBeenLastCalledWith({ definition: changed({ weight: 2 }, { weight: 3 }), reason: 'why' });
  fireEvent.click(group('1 object that only they changed').getByRole('radio', { name: 'Your draft' }));
  go();
  expect(onSettled).toHaveBeenLastCalledWith({ definition: changed({}, { weight: 3 }), reason: 'why' });
});

test('what is deleted, what is new and what is the same on both sides says so', () => {
  const [service] = base.services;
  if (service === undefined) throw new Error('a service');
  const renamed = { ...base, name: 'edge' };
  const { group } = open({ ...renamed, services: [] }, { ...renamed, services: [...changed({ weight: 3 }).services, { ...service, id: 'new', name: 'new' }] });
  const [before, theirs, mine] = cells(group('1 object that both changed'));
  expect([before, theirs]).toEqual([expect.stringContaining('scheduler rr'), 'deleted']);
  expect(mine).toContain('real servers changed');
  expect(group('1 object that both changed').getByRole('rowheader').textContent).toContain('with its real servers');
  expect(cells(group('1 object that only you changed')).slice(0, 2)).toEqual(['—', '—']);
  expect(cells(group('1 object that both changed to the same'))).toEqual(['name tutorial', 'name edge', 'name edge', 'the same']);
});

test('all conflicts are taken from one side at once', () => {
  const { go, onSettled } = open(changed({ weight: 2 }, { weight: 2 }), changed({ weight: 3 }, { weight: 3 }));
  fireEvent.click(screen.getByRole('button', { name: 'Take yours of all that both changed' }));
  go();
  expect(onSettled).toHaveBeenLastCalledWith({ definition: changed({ weight: 3 }, { weight: 3 }), reason: 'why' });
});

test('more than a page of objects are counted, and shown as one asks for them', () => {
  const [service] = base.services;
  const [like] = service?.realServers ?? [];
  if (service === undefined || like === undefined) throw new Error('a real server');
  const wanted = { ...base, services: [{ ...service, realServers: [...service.realServers, ...Array.from({ length: 450 }, (_, index) => ({ ...like, id: `more-${index}`, name: `more-${index}`, rip: `10.0.${index >> 8}.${index & 255}` }))] }] };
  const { group } = open(wanted, changed({ weight: 3 }));
  const theirs = group('450 objects that only they changed');
  expect(theirs.getAllByRole('rowheader')).toHaveLength(200);
  expect(theirs.getByText(/^and 250 more/)).toBeTruthy();
  fireEvent.click(theirs.getByRole('button', { name: 'Show 200 more' }));
  fireEvent.click(theirs.getByRole('button', { name: 'Show 50 more' }));
  expect(theirs.getAllByRole('rowheader')).toHaveLength(450);
  expect(theirs.queryByText(/^and /)).toBeNull();
});
