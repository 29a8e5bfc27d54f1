// @vitest-environment happy-dom
// The overview's view and its address: each follows the other.
import { act, cleanup, renderHook } from '@testing-library/react';
import { useSyncExternalStore } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { useView } from './use-view.ts';

// Next's own follows the address too, in its own pages only.
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(useSyncExternalStore((listener) => {
    window.addEventListener('popstate', listener);
    return () => window.removeEventListener('popstate', listener);
  }, () => routed ?? window.location.search)),
}));
let routed: string | null = null;

const follow = () => act(() => void window.dispatchEvent(new PopStateEvent('popstate')));

afterEach(() => {
  cleanup();
  routed = null;
});

test('a link to the page without a filter takes the filter away', () => {
  window.history.replaceState(null, '', '/?filter=edge&sort=-new');
  const { result } = renderHook(useView);
  expect(result.current[0]).toEqual({ filter: 'edge', sort: { id: 'new', descending: true } });
  window.history.pushState(null, '', '/');
  follow();
  expect(result.current[0]).toEqual({ filter: '', sort: null });
});

test('so does one after the filter was typed', () => {
  window.history.replaceState(null, '', '/');
  const { result } = renderHook(useView);
  act(() => result.current[1]({ filter: 'edge' }));
  follow();
  window.history.pushState(null, '', '/');
  follow();
  expect(result.current[0].filter).toBe('');
});

test('what is typed stays while the router is behind, and blanks stay too', () => {
  window.history.replaceState(null, '', '/');
  routed = '';
  const { result } = renderHook(useView);
  act(() => result.current[1]({ filter: 'a' }));
  act(() => result.current[1]({ filter: 'ab' }));
  routed = '?filter=a';
  follow();
  expect(result.current[0].filter).toBe('ab');
  routed = null;
  follow();
  expect(result.current[0].filter).toBe('ab');
  act(() => result.current[1]({ filter: ' ' }));
  follow();
  expect([result.current[0].filter, window.location.search]).toEqual([' ', '']);
});
