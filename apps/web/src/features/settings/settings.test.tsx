// @vitest-environment happy-dom
// What the settings say of history, to whom, and setting how much of it there may be.
import { cleanup, configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { HistoryStorage, StoredTier } from '../../history/storage.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import type { Role } from '../session/person.tsx';
import { Settings } from './settings.tsx';

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

const dayMs = 86_400_000;
const tier = (kind: StoredTier['kind'], lengthMs: number, expected: StoredTier['expected']): StoredTier => ({ kind, lengthMs, keepMs: dayMs, bytes: 2_000_000, sinceMs: Date.UTC(2026, 10, 23), expected });
const kept: HistoryStorage = {
  budgetBytes: 5_000_000_000, usedBytes: 4_000_000, diskBytes: 9_000_000, expectedFromMs: 6 * 3_600_000,
  tiers: [tier('realServers', 10_000, { bytesPerDay: 6_000_000_000, steadyBytes: 6_000_000_000, reachMs: dayMs / 2 }), tier('services', 10_000, { bytesPerDay: 1_000_000, steadyBytes: 1_000_000, reachMs: dayMs })],
};

const sent: unknown[] = [];

function open(storage: HistoryStorage, role: Role = 'admin', locale: 'en' | 'zh-CN' = 'en'): void {
  sent.length = 0;
  const answer = (path: string, input: unknown) => {
    if (path === 'history.storage') return storage;
    if (path === 'history.setBudget') sent.push(input);
    return undefined;
  };
  renderInPanel(<Settings />, { person: ada(role), answer, locale });
}

test('what there is, what to expect, and that the budget is too small for it', async () => {
  open(kept);
  expect(await screen.findByText(/^4.00 MB of 5.00 GB used; 9.00 MB on the disk/)).toBeTruthy();
  expect(screen.getByText(/^By what was written in the last 6 h: 6.00 GB a day now, 6.00 GB when all/)).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('All of it would be 6.00 GB; 5.00 GB hold less.');
  const row = screen.getByText('Real servers, each 10 s').closest('tr');
  expect(row?.textContent).toContain('12 h');
});

test('before anything was measured it is not guessed', async () => {
  open({ ...kept, expectedFromMs: null, tiers: kept.tiers.map((one) => ({ ...one, sinceMs: null, expected: null })) });
  expect(await screen.findByText(/^What to expect is said when/)).toBeTruthy();
  expect(screen.queryByRole('status')).toBeNull();
  expect(screen.getAllByText('—').length).toBeGreaterThan(3);
});

test('an administrator sets it in gigabytes, within bounds', async () => {
  open(kept);
  const field = await screen.findByLabelText('At most, in GB');
  fireEvent.change(field, { target: { value: '0.01' } });
  fireEvent.click(screen.getByRole('button', { name: 'Set the size' }));
  expect(await screen.findByText('At least 0.1.')).toBeTruthy();
  fireEvent.change(field, { target: { value: 'much' } });
  expect(await screen.findByText('A number, such as 7.5.')).toBeTruthy();
  fireEvent.change(field, { target: { value: '7.5' } });
  fireEvent.click(screen.getByRole('button', { name: 'Set the size' }));
  await waitFor(() => expect(sent).toEqual([{ budgetBytes: 7_500_000_000 }]));
});

test('a viewer reads it and sets nothing, also in Chinese', async () => {
  open(kept, 'viewer', 'zh-CN');
  expect(await screen.findByText(/已用 4.00 MB/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: '设置大小' })).toBeNull();
});
