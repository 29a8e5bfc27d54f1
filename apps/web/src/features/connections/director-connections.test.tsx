// @vitest-environment happy-dom
// What is said of one director's connections: how much of the table was read, and why one says nothing.
import type { Connection, ConnectionList } from '@weir/model';
import { cleanup, render } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { ConnectionsView } from '../../server/connections/filter.ts';
import { DirectorConnections, type DirectorConnectionsProps } from './director-connections.tsx';

afterEach(cleanup);

const connection: Connection = {
  protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, mark: null, dip: null, directorPort: null,
  rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 893_000, origin: 'sync', template: false,
};
const template: Connection = { ...connection, protocol: 'ip', clientPort: 0, vip: null, virtualPort: null, mark: 7, realPort: 0, state: 'ASSURED', template: true, origin: null };
const list: ConnectionList = {
  entries: [connection, template], total: 1, states: [{ state: 'ESTABLISHED', count: 1 }], templates: 1, groups: null, sample: null, unreadable: 0, measuredAtMs: 0,
};

interface Look {
  view?: ConnectionsView;
  withEntries?: boolean;
  locale?: 'en' | 'zh-CN';
}

function said(change: Partial<ConnectionList> = {}, { withEntries = true, ...look }: Look = {}): string {
  return shown({ directorId: 'a', name: 'lvs-a', list: { ...list, ...change }, heardAtMs: 0, error: null }, withEntries, look);
}

function shown(director: DirectorConnectionsProps['director'], withEntries: boolean, { view = {}, locale = 'en' }: Look = {}): string {
  const { container } = render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <DirectorConnections director={director} view={view} nameOf={() => (text) => ({ text, view: null })} withEntries={withEntries} onRetry={() => undefined} busy={false} before={false} />
    </IntlProvider>,
  );
  // What stands twice, for narrow screens.
  for (const narrow of container.querySelectorAll(String.raw`.md\:hidden`)) narrow.remove();
  return container.textContent;
}

it('a connection and a template of a mark stand in their rows', () => {
  const text = said();
  expect(text).toContain('TCP192.168.8.100:53532192.168.8.200:80192.168.8.20:80ESTABLISHED14 m 53 ssynchronised');
  expect(text).toContain('IP192.168.8.100:0mark 7192.168.8.20:0ASSUREDtemplate14 m 53 s—');
  expect(text).toContain('Connections1ESTABLISHED1Persistence templates1');
});

it('a table of which a part was read says which', () => {
  const part = { total: null, states: [{ state: 'ESTABLISHED', count: 98_304 }], sample: { read: 98_304, of: 1_200_000 } };
  expect(said(part)).toContain('Sampled, the first 98,304 of about 1,200,000');
  expect(said(part)).toContain('The first 2 of 98,305 entries are shown.');
  expect(said({ ...part, sample: { read: 98_304, of: null } })).toContain('Sampled, the first 98,304The table is larger');
  expect(said(part, { locale: 'zh-CN' })).toContain('已采样：约 1,200,000 条中的前 98,304 条');
});

it('what could not be read is said', () => {
  expect(said()).not.toContain('could not be read');
  expect(said({ unreadable: 1 })).toContain('1 entry could not be read, and is counted nowhere.');
});

it('without entries there are counts alone', () => {
  const text = said({}, { withEntries: false });
  expect(text).toContain('ESTABLISHED1');
  expect(text).not.toContain('192.168.8.100');
});

it('groups stand with their shares, the rest is counted, and an older agent makes none', () => {
  const groups = { by: 'network' as const, groups: [{ key: '192.168.8.0/24', count: 3 }, { key: 'fd00::/64', count: 1 }], rest: { groups: 12, connections: 4 } };
  const text = said({ total: 8, groups }, { view: { groupBy: 'network' } });
  expect(text).toContain('192.168.8.0/24337.5%fd00::/64112.5%');
  expect(text).toContain('12 more groups with 4 connections.');
  expect(text).not.toContain('192.168.8.100');
  expect(said({ total: 8, groups: { ...groups, rest: { groups: null, connections: 1 } } }, { view: { groupBy: 'network' } })).toContain('1 more connection in groups that were too many');
  expect(said({}, { view: { groupBy: 'state' } })).toContain('is older and counts nothing together');
});

it('a director that says nothing has the reason', () => {
  expect(shown({ directorId: 'a', name: 'lvs-a', error: { code: 'directorSilent', params: { director: 'lvs-a', why: 'ECONNREFUSED' } } }, true))
    .toMatch(/The connections of lvs-a could not be read\..*lvs-a.*ECONNREFUSED/);
});
