// @vitest-environment happy-dom
// What a total leaves out is said beside it.
import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/messages.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { Total, TotalName, Totals } from '../../live/totals.ts';
import { useNotIn } from './not-in-total.ts';

const whole: Total = { sum: 10, unknown: 0, unseen: 0 };
const totals: Totals = { active: whole, connectionsPerSecond: whole, bytesInPerSecond: whole, bytesOutPerSecond: whole, twoByteKinds: false };

function said(name: TotalName, of: Totals | undefined, locale: Locale = 'en'): readonly string[] {
  const wrapper = ({ children }: { children: ReactNode }) => <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">{children}</IntlProvider>;
  return renderHook(useNotIn, { wrapper }).result.current(name, of);
}

afterEach(cleanup);

test('of the whole nothing is said', () => expect([said('active', totals), said('bytesOutPerSecond', undefined)]).toEqual([[], []]));

test('replies that go past the directors are not in it, nor what is not known now', () => {
  const part = { ...totals, bytesOutPerSecond: { sum: 10, unknown: 1, unseen: 3 } };
  expect(said('bytesOutPerSecond', part)).toEqual(['DR and TUN replies not seen', '1 service not known']);
  expect(said('bytesOutPerSecond', part, 'zh-CN')).toEqual(['看不到 DR 和 TUN 的应答', '1 个服务未知']);
  expect(said('bytesInPerSecond', part)).toEqual([]);
});

test('bytes of two kinds have no total, and connections have', () => {
  const two = { ...totals, bytesInPerSecond: { ...whole, sum: null }, twoByteKinds: true };
  expect([said('bytesInPerSecond', two), said('active', two)]).toEqual([['bytes of two kinds are not added'], []]);
});
