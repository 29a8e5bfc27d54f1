// @vitest-environment happy-dom
// Keys and buttons of a page's range: each changes the address, and the browser's way back leads to what was.
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import { addressWith } from './address.ts';
import { RangeBar } from './range-bar.tsx';
import { useRange } from './use-range.ts';

// Next's own follows the address too, in its own pages only.
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(useSyncExternalStore((listener) => {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  }, () => window.location.search)),
}));

function Bar() {
  return <RangeBar choice={useRange()} />;
}

const now = Date.UTC(2026, 10, 23, 12);
const open = (search = '') => {
  window.history.replaceState(null, '', `/clusters/c/live${search}`);
  render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><Bar /></IntlProvider>);
};
const address = () => Object.fromEntries(new URLSearchParams(window.location.search));
const key = (name: string, of: Element = document.body) => {
  fireEvent.keyDown(of, { key: name });
  fireEvent.popState(window);
};
const click = (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  fireEvent.popState(window);
};
const piece = (fromMs: number, toMs: number) => ({ from: String(fromMs), to: String(toMs) });

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('[ goes back by half, ] forward, and Esc to what is live', () => {
  open('?service=s');
  key('[');
  expect(address()).toEqual({ service: 's', ...piece(now - 450_000, now - 150_000) });
  key('[');
  key(']');
  expect(address()).toEqual({ service: 's', ...piece(now - 450_000, now - 150_000) });
  key('Escape');
  expect(address()).toEqual({ service: 's' });
});

test('keys typed into a field, or switched off, do nothing; Esc is no letter', () => {
  open();
  const field = document.body.appendChild(document.createElement('input'));
  key('[', field);
  localStorage.setItem('weir.singleKeys', 'off');
  key('[');
  expect(address()).toEqual({});
  window.history.replaceState(null, '', '?from=0&to=60000');
  fireEvent.popState(window);
  key('Escape');
  expect(address()).toEqual({});
  field.remove();
});

test('each key has a button', () => {
  open('?range=1h');
  expect(screen.getByRole('button', { name: '1 h' }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Forward in time' }).disabled).toBe(true);
  click('Back in time');
  expect(address()).toEqual({ range: '1h', ...piece(now - 5_400_000, now - 1_800_000) });
  click('Show half as much time');
  expect(address()).toEqual({ range: '1h', ...piece(now - 4_500_000, now - 2_700_000) });
  click('Back to live Esc');
  expect(address()).toEqual({});
  click('1 w');
  expect(address()).toEqual({ range: '1w' });
});

test('what else stands in the address stays there', () => {
  expect(addressWith('?service=s&from=1&to=2', { from: null, to: null, lines: 'stacked' })).toBe('?service=s&lines=stacked');
  expect(addressWith('?from=1', { from: null })).toBe('');
});
