// @vitest-environment happy-dom
// The arrangement of a drawing over time: what grows stays open, tidying is taken back, and what was moved is kept.
import { act, cleanup, renderHook } from '@testing-library/react';
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { afterEach, expect, test, vi } from 'vitest';
import { groupNode, realServerNode, serviceNode } from '../graph/node-key.ts';
import { useArrangement } from './use-arrangement.ts';

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.useRealTimers();
});

const tutorial = tutorialCluster('a');
const withServers = (count: number): ClusterDefinition => ({
  ...tutorial,
  services: tutorial.services.map((service) => ({ ...service, realServers: Array.from({ length: count }, (_, index) => ({ ...service.realServers[0], ...one(index) })) })),
});
const one = (index: number) => ({ id: `r${index}`, name: `r${index}`, rip: `10.0.0.${index}`, port: 80, weight: 1, method: { kind: 'nat' as const }, thresholds: { upper: 0, lower: 0 } });
const render = (definition: ClusterDefinition, storageKey: string | null = null) => (
  renderHook(({ shown }) => useArrangement(shown, storageKey), { initialProps: { shown: definition } }));

test('a service that is open stays open when it grows, one that comes with many is folded', () => {
  const { result, rerender } = render(withServers(12));
  rerender({ shown: withServers(13) });
  expect(result.current.layout.byKey.has(groupNode('web'))).toBe(false);
  expect(render(withServers(13)).result.current.layout.byKey.has(groupNode('web'))).toBe(true);
});

test('an edit that moves nothing leaves everything where it is, as the same objects; one that adds something does not', () => {
  const { result, rerender } = render(withServers(3));
  const { layout, lanes } = result.current;
  rerender({ shown: { ...withServers(3), services: withServers(3).services.map((service) => ({ ...service, realServers: service.realServers.map((realServer) => ({ ...realServer, weight: 7 })) })) } });
  expect([result.current.layout === layout, result.current.lanes === lanes]).toEqual([true, true]);
  rerender({ shown: withServers(4) });
  expect(result.current.layout.byKey.has(realServerNode('web', 'r3'))).toBe(true);
});

test('a folded service opens and folds', () => {
  const { result } = render(withServers(20));
  act(() => result.current.fold('web', false));
  expect(result.current.layout.byKey.has(realServerNode('web', 'r19'))).toBe(true);
  act(() => result.current.fold('web', true));
  expect(result.current.layout.byKey.has(groupNode('web'))).toBe(true);
});

test('tidying is taken back and done again, and only ahead of what was edited before it', () => {
  const { result, rerender } = render(tutorial);
  const key = realServerNode('web', 'rs-20');
  const tidyPlace = result.current.layout.byKey.get(key);
  act(() => result.current.move(new Map([[key, { x: 1_000, y: 400 }]])));
  const moved = result.current.layout.byKey.get(key);
  expect(moved).toMatchObject({ x: 1_000, y: 400 });
  act(() => result.current.tidy());
  expect(result.current.layout.byKey.get(key)).toMatchObject({ x: tidyPlace?.x, y: tidyPlace?.y });
  rerender({ shown: { ...tutorial, name: 'edited' } });
  expect(result.current.untidies).toBe(false);
  expect(result.current.untidy()).toBe(false);
  rerender({ shown: tutorial });
  act(() => void result.current.untidy());
  expect(result.current.layout.byKey.get(key)).toMatchObject({ x: 1_000, y: 400 });
  act(() => void result.current.retidy());
  expect(result.current.layout.byKey.get(key)).toMatchObject({ x: tidyPlace?.x, y: tidyPlace?.y });
});

test('what was moved is there the next time, for this cluster', () => {
  vi.useFakeTimers();
  const key = serviceNode('web');
  const { result, unmount } = render(tutorial, 'kept');
  const first = result.current.layout.byKey.get(key);
  act(() => result.current.move(new Map([[key, { x: 0, y: 300 }]])));
  act(() => void vi.advanceTimersByTime(1_000));
  unmount();
  expect(render(tutorial, 'kept').result.current.layout.byKey.get(key)).toMatchObject({ x: first?.x, y: 300 });
  expect(render(tutorial, 'other').result.current.layout.byKey.get(key)).toEqual(first);
});
