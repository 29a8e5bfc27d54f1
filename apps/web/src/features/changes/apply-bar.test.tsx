// @vitest-environment happy-dom
// The order: once it is given, the bar that asks a person to confirm knows of it without waiting for its turn.
import { useQuery } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ChangePlan } from '../../server/changes/change-view.ts';
import { useTRPC } from '../../trpc/client.ts';
import { ada, renderInPanel } from '../../trpc/testing/in-panel.tsx';
import { ApplyBar } from './apply-bar.tsx';

const gone: string[] = [];
// Next's router runs in its own pages only.
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: (path: string) => gone.push(path) }) }));

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

const operation = { kind: 'removeVip' as const, vip: '10.0.0.1', interface: 'eth0' };
const planned: ChangePlan['directors'][number] = {
  directorId: 'a', name: 'lvs-a', leaving: false, error: null,
  plan: {
    replaces: 3, digest: 'a'.repeat(64), readAtMs: 1, operations: [{ operation, cost: { connections: 0, fate: 'none' } }], findings: [],
    touched: { directorConnections: 0, clusterConnections: 0, fates: { stay: 0, drain: 0, stall: 0, reset: 0 } },
  },
};
const silent: ChangePlan['directors'][number] = { directorId: 'b', name: 'lvs-b', leaving: false, plan: null, error: { code: 'directorSilent', params: {} } };

/** As the review is, in the pages of its cluster. */
function Reviewed({ directors }: Pick<ChangePlan, 'directors'>) {
  useQuery(useTRPC().changes.open.queryOptions({ clusterId: 'web' }, { staleTime: Infinity }));
  return <ApplyBar plan={{ clusterId: 'web', revision: 4, moves: [], directors }} name="shop" onAgain={() => undefined} asking={false} />;
}

function show(directors: ChangePlan['directors']): string[] {
  const asked: string[] = [];
  renderInPanel(<Reviewed directors={directors} />, { person: ada('operator'), answer: (path) => (asked.push(path), path === 'changes.open' ? null : { applyId: 'x' }) });
  return asked;
}

test('an order given is known at once to what asks a person to confirm it', async () => {
  const asked = show([planned]);
  fireEvent.click(await screen.findByRole('button', { name: 'Apply 1 change' }));
  await vi.waitFor(() => expect(gone).toEqual(['/changes/x']), 15_000);
  await vi.waitFor(() => expect(asked.filter((path) => path === 'changes.open').length).toBeGreaterThan(1), 15_000);
  expect(asked.indexOf('changes.open', asked.indexOf('changes.applyRevision'))).toBeGreaterThan(-1);
});

test('where nobody gave a plan, nothing is said of what there is to apply', async () => {
  show([silent]);
  const button = await screen.findByRole('button', { name: 'No director gave a plan' });
  expect(button.hasAttribute('disabled')).toBe(true);
});
