// @vitest-environment happy-dom
// What a person hands in is read, and the report says of each line what became of it.
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import { PersonProvider, type Person } from '../session/person.tsx';
import { Import } from './import.tsx';
import { EndlessReader, ReaderInThisThread } from './reader/testing.ts';

beforeEach(() => vi.stubGlobal('Worker', ReaderInThisThread));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const messages = messagesOf('en');
const viewer: Person = { id: 'p', name: 'Vi', email: 'vi@example.org', role: 'viewer', clusterIds: null };

function open(): void {
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <PersonProvider person={viewer}><Import /></PersonProvider>
    </IntlProvider>,
  );
}

function read(text: string): void {
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: text } });
  fireEvent.click(screen.getByRole('button', { name: 'Read' }));
}

async function report(): Promise<string[]> {
  const table = await waitFor(() => screen.getByRole('table', { name: 'Report, line by line' }), { timeout: 15_000 });
  return within(table).getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell').map(({ textContent }) => textContent?.trim() ?? '').join(' | '));
}

const config = 'virtual_server 10.0.0.1 80 {\nlvs_sched rr\nreal_server 10.9.0.1 80 {\nTCP_CHECK {\n}\n}\n}\n';

test('each line says what became of it, and the outcomes can be looked at one by one', async () => {
  open();
  read('-A -t 10.0.0.1:80 -s twos\n-a -t 10.0.0.1:80 -r 10.9.0.1:80 -m\n-C\n');
  const twos = '1 | -A -t 10.0.0.1:80 -s twos | ~ Approximated | There is no scheduler "twos"; wlc is taken. There are: rr, wrr, lc, wlc, fo, ovf, lblc, lblcr, dh, sh, mh, sed, nq';
  expect(await report()).toEqual([twos, '2 | -a -t 10.0.0.1:80 -r 10.9.0.1:80 -m | = Understood | ', '3 | -C | − Left out | -C does not say what is there. Only -A and -a are read.']);
  fireEvent.click(screen.getByRole('button', { name: 'Approximated 1' }));
  expect(await report()).toEqual([twos]);
  expect(screen.getByRole('table', { name: 'Result' }).textContent).toContain('tcp 10.0.0.1:80');
});

test('the checks and the sorry server that came along are in the result', async () => {
  open();
  read('virtual_server 10.0.0.1 80 {\nprotocol TCP\nlvs_method NAT\nsorry_server 10.9.0.9 8080\nreal_server 10.9.0.1 80 {\nTCP_CHECK {\nconnect_timeout 3\n}\n}\n}\n');
  await report();
  const result = screen.getByRole('table', { name: 'Result' });
  expect(within(result).getByText(/^tcp interval .* timeout 3 s/)).toBeTruthy();
  expect(within(result).getByText('Sorry server 10.9.0.9:8080')).toBeTruthy();
});

test('a missing protocol is asked for', async () => {
  open();
  read(config);
  expect((await report())[0]).toContain('The protocol is missing: keepalived would take UDP. Choose one above.');
  expect(screen.getByText('No virtual service')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Protocol, where it is missing'), { target: { value: 'tcp' } });
  fireEvent.click(screen.getByRole('button', { name: 'Read' }));
  await waitFor(() => expect(screen.getByText('1 virtual service · 1 real server · 1 VIP')).toBeTruthy(), { timeout: 15_000 });
  expect((await report())[0]).toContain('The protocol is missing; TCP was chosen.');
});

test('files are read from the one that keepalived begins with', async () => {
  open();
  const files = [new File([config.replace('lvs_sched', 'protocol TCP\nlvs_sched')], 'web.conf'), new File(['include conf.d/*.conf\n'], 'keepalived.conf')];
  fireEvent.change(screen.getByLabelText('Files'), { target: { files } });
  await waitFor(() => expect(screen.getByLabelText('Begin with')).toHaveProperty('value', 'keepalived.conf'), { timeout: 15_000 });
  fireEvent.click(screen.getByRole('button', { name: 'Read' }));
  expect((await report())[0]).toBe('keepalived.conf | 1 | include conf.d/*.conf | = Understood | ');
});

test.each([
  ['nothing', '', 'There is no text to read.'],
  ['a text of nobody', 'hello', 'Nothing in the text tells its format. Choose one.'],
  ['blocks without end', `global_defs {\n${'a {\n'.repeat(10_000)}`, 'Blocks stand in blocks more than 50 deep. Check the braces above this line.'],
])('%s is refused with the reason', async (_, text, why) => {
  open();
  read(text);
  const alert = await waitFor(() => screen.getByRole('alert'), { timeout: 15_000 });
  expect(alert.textContent).toContain(why);
});

test('a viewer reads the report, and is told who may use it', async () => {
  open();
  read('-A -t 10.0.0.1:80 -s rr');
  await report();
  expect(screen.queryByRole('button', { name: 'Use as draft' })).toBeNull();
  expect(screen.getByText(`${messages.importing.use}: ${messages.roles.needs.operator}`)).toBeTruthy();
});

test('what is being read can be cancelled, and something else read', async () => {
  open();
  vi.stubGlobal('Worker', EndlessReader);
  read('-A -t 10.0.0.1:80 -s rr');
  expect(screen.getByRole('button', { name: 'Reading' }).getAttribute('aria-busy')).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  vi.stubGlobal('Worker', ReaderInThisThread);
  read('-A -t 10.0.0.1:80 -s wlc');
  expect(await report()).toEqual(['1 | -A -t 10.0.0.1:80 -s wlc | = Understood | ']);
});
