import type { Override } from '@weir/model';
import { expect, it } from 'vitest';
import { cluster } from '../../testing/cluster.ts';
import { DIRECTOR } from '../../testing/test-panel.ts';
import { effectiveTable } from './effective-table.ts';

const accepted = [{ clusterId: 'web', revision: 1, digest: '0'.repeat(64), acceptedAtMs: 0, directorId: DIRECTOR, definition: cluster({ weights: [5, 5] }) }];

function zero(cause: Override['cause'], startsAtMs: number): Override {
  return { id: cause, target: { clusterId: 'web', serviceId: 'web', realServerId: 'rs-0' }, cause, effect: { kind: 'weight', weight: 0 }, author: '', reason: '', startsAtMs, endsAtMs: null };
}

function weights(orders: readonly Override[], health: readonly Override[], nowMs: number): number[] {
  return effectiveTable({ accepted, overrides: orders, health }, nowMs).services.flatMap(({ realServers }) => realServers.map(({ settings }) => settings.weight));
}

it('keeps out what health took out, though the clock was set back behind that', () => {
  expect(weights([], [zero('health', 7_200_000)], 3_600_000)).toEqual([0, 5]);
  expect(weights([], [zero('health', 3_600_000)], 3_600_000)[0]).toBe(0);
});

it('begins with what people ordered at the time that they gave', () => {
  expect(weights([zero('maintenance', 7_200_000)], [], 3_600_000)[0]).toBe(5);
  expect(weights([zero('maintenance', 7_200_000)], [], 7_200_000)[0]).toBe(0);
});
