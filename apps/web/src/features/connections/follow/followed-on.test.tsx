// @vitest-environment happy-dom
// What is said of one client on one director, and why a new connection would go where it would.
import { NextCode, NextDoubt, tutorialCluster, type FollowedService, type Next } from '@weir/model';
import { cleanup, render } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, it } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import { FollowedOn, type FollowedOnProps } from './followed-on.tsx';

afterEach(cleanup);

const to = (last: number) => ({ rip: `10.0.0.${last}`, port: 80 });
const next: Next = {
  code: 'leastConnections', scheduler: 'wlc', endpoint: to(21), doubts: ['betweenThresholds'],
  candidates: [{ endpoint: to(20), weight: 1, active: 1_500, inactive: 2 }, { endpoint: to(21), weight: 3, active: 4, inactive: 0 }],
};
const service: FollowedService = {
  serviceId: 'web', total: 3, held: [{ endpoint: to(20), connections: 2 }, { endpoint: to(21), connections: 1 }],
  template: { endpoint: to(20), expiresInMs: 61_000 }, next,
};

function shown(services: readonly FollowedService[], locale: 'en' | 'zh-CN' = 'en', changes: Partial<FollowedOnProps> = {}): string {
  const { container } = render(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <FollowedOn
        client="192.168.8.100" services={[]} holders={new Map()} onRetry={() => undefined} busy={false} {...changes}
        director={changes.director ?? { directorId: 'a', name: 'lvs-a', heardAtMs: 0, error: null, followed: { services: [...services], leftOut: 0, sample: null, measuredAtMs: 0 } }}
      />
    </IntlProvider>,
  );
  // What stands twice, for narrow screens.
  for (const narrow of container.querySelectorAll(String.raw`.md\:hidden`)) narrow.remove();
  return container.textContent;
}

it('what the client has, what is remembered of it, and the figures that decide stand in the row of a service', () => {
  const text = shown([service]);
  expect(text).toContain('2 to 10.0.0.20:80, 1 to 10.0.0.21:80');
  expect(text).toContain('10.0.0.20:80, for 1 m 1 s more');
  expect(text).toContain('Fewest connections now, wlc: 10.0.0.21:80 has 4 active, 0 inactive, weight 3; 10.0.0.20:80 has 1,500 active, 2 inactive, weight 1.');
  expect(text).toContain('That one is between its thresholds');
});

it('nobody and nobody knows are two things, and a service that is not there has neither', () => {
  expect(shown([{ ...service, next: { ...next, code: 'ownerUnavailable', endpoint: null, scheduler: 'sh' } }])).toContain('nobodyThe hash leads to a real server that takes no new connections, and sh tries no other one.');
  cleanup();
  expect(shown([{ ...service, next: { ...next, code: 'turn', endpoint: null, scheduler: 'wrr' } }])).toContain('cannot be toldIn turn, wrr');
  cleanup();
  expect(shown([{ ...service, total: 0, held: [], template: null, next: null }])).toContain('web0———');
});

it('says that another director has the VIP, what becomes of datagrams, and that not all it has are listed', () => {
  const [web] = tutorialCluster('b').services;
  if (web === undefined) throw new Error('the tutorial has a service');
  const match = { kind: 'address' as const, protocol: 'udp' as const, vip: '10.0.0.1', port: 53 };
  const shownFor = (onePacket: boolean, holder: string): string => {
    cleanup();
    return shown([service], 'en', { services: [{ ...web, id: 'web', match, onePacket }], holders: new Map([['10.0.0.1', { directorId: holder, name: `lvs-${holder}` }]]) });
  };
  expect(shownFor(false, 'b')).toMatch(/lvs-b holds the VIP.*Datagrams from a port that the table has already/);
  expect(shownFor(true, 'a')).toContain('each datagram is scheduled by itself');
  expect(shownFor(true, 'a')).not.toContain('holds the VIP');
  cleanup();
  expect(shown([{ ...service, total: 2_500 }])).toContain('1 to 10.0.0.21:80 of 2,500, by the first that were listed');
});

it('every reason and every doubt has its sentence in both languages', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const code of NextCode.options) expect(shown([{ ...service, next: { ...next, code, doubts: NextDoubt.options } }], locale)).not.toMatch(/connections\.(nexts|doubts)/);
  }
});

it('a part of the table, services left out, none, and a director that says nothing are said', () => {
  const director = { directorId: 'a', name: 'lvs-a', heardAtMs: 0, error: null, followed: { services: [], leftOut: 7, sample: { read: 10, of: 100 }, measuredAtMs: 0 } };
  const text = shown([], 'en', { director });
  expect(text).toContain('Sampled, the first 10 of about 100');
  expect(text).toContain('7 more services are not shown');
  expect(text).toContain('No virtual service for this client');
  cleanup();
  expect(shown([], 'en', { director: { directorId: 'a', name: 'lvs-a', error: { code: 'agentTooOld', params: { director: 'lvs-a' } } } })).toContain('The agent of lvs-a is too old');
});
