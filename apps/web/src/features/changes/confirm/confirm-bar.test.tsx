// @vitest-environment happy-dom
// A change that waits for a person as the pages of its cluster show it: what it waits for, and who may end that.
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test, vi } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { ApplySummary, ApplyView } from '../../../server/changes/change-view.ts';
import { ada, renderInPanel } from '../../../trpc/testing/in-panel.tsx';
import type { Role } from '../../session/person.tsx';
import { ConfirmBar } from './confirm-bar.tsx';
import { ConfirmEnd } from './confirm-end.tsx';
import { WentBackPart } from './went-back.tsx';

afterEach(cleanup);

const waiting: ApplySummary = {
  id: 'a', clusterId: 'web', revision: 4, author: 'Ada', onFailure: 'rollBack', startedAt: new Date(0), finishedAt: new Date(1), held: null, leftOver: [],
  confirm: { withinMs: 120_000, leftMs: 112_400, answer: null },
  directors: [
    { directorId: 'a', name: 'lvs-a', state: 'done', outcome: 'applied', confirmation: 'waiting' },
    { directorId: 'b', name: 'lvs-b', state: 'waiting', outcome: null, confirmation: null },
  ],
};

function show(apply: ApplySummary | null, role: Role = 'operator'): { path: string; input: unknown }[] {
  const asked: { path: string; input: unknown }[] = [];
  renderInPanel(<ConfirmBar clusterId="web" />, {
    person: ada(role),
    answer: (path, input) => {
      asked.push({ path, input });
      return path === 'changes.open' ? apply : undefined;
    },
  });
  return asked;
}

const buttons = (): (string | null)[] => screen.queryAllByRole('button').map(({ textContent }) => textContent);
const longWait = { timeout: 15_000 };

test('counts down, outside of what is read out, and a word names the apply', async () => {
  const asked = show(waiting);
  expect((await screen.findByRole('timer', {}, longWait)).textContent).toMatch(/^Goes back in 1 m 5\d s$/);
  expect(screen.getByRole('status').textContent).toBe('Revision 4 waits to be confirmed.');
  expect(screen.getByRole('status').contains(screen.getByRole('timer'))).toBe(false);
  expect(buttons()).toEqual(['Confirm', 'Go back now']);
  fireEvent.click(screen.getByRole('button', { name: 'Go back now' }));
  await expect.poll(() => asked.find(({ path }) => path === 'changes.revertNow')?.input, longWait).toEqual({ clusterId: 'web', applyId: 'a' });
});

test('a viewer sees it, and the reason why there is nothing to press', async () => {
  show(waiting, 'viewer');
  await screen.findByRole('timer', {}, longWait);
  expect(buttons()).toEqual([]);
});

test('the others wait for a word of their own, and nothing is confirmed before', async () => {
  show({ ...waiting, finishedAt: null, held: { leftMs: 1_000 } });
  await screen.findByText('lvs-a is done. 1 other director waits.', {}, longWait);
  expect(buttons()).toEqual(['Go on with the others', 'Stop here', 'Go back now']);
});

test('where nobody needs to confirm, it says when it ends without the others', async () => {
  show({ ...waiting, confirm: null, finishedAt: null, held: { leftMs: 112_400 }, directors: waiting.directors.map((director) => ({ ...director, confirmation: null })) });
  expect((await screen.findByRole('timer', {}, longWait)).textContent).toMatch(/^Ends without them in 1 m 5\d s$/);
  expect(buttons()).toEqual(['Go on with the others', 'Stop here']);
});

test('others that waited in vain are named, with the way to order again', async () => {
  show({ ...waiting, confirm: null, leftOver: ['lvs-b'], directors: waiting.directors.map((director) => ({ ...director, confirmation: null })) });
  await screen.findByText('Revision 4 is on a part of its directors only: nobody said to go on with lvs-b.', {}, longWait);
  expect(screen.getByRole('link', { name: 'Review and apply' }).getAttribute('href')).toBe('/clusters/web/change');
  expect([buttons(), screen.queryByRole('timer')]).toEqual([[], null]);
});

test('a director that was lost while it applied is counted down too', async () => {
  show({ ...waiting, directors: [{ directorId: 'a', name: 'lvs-a', state: 'unknown', outcome: null, confirmation: 'waiting' }] });
  expect((await screen.findByRole('timer', {}, longWait)).textContent).toMatch(/^Goes back in/);
});

test('after the word it says who has still to hear it, and offers no other', async () => {
  show({ ...waiting, confirm: { withinMs: 120_000, leftMs: 1, answer: { kind: 'confirm', by: 'Bob', at: new Date(2) } } });
  await screen.findByText('Bob confirmed revision 4. It is told to: lvs-a.', {}, longWait);
  expect(buttons()).toEqual([]);
  expect(screen.queryByRole('timer')).toBeNull();
});

test('an apply that waits for nobody is not spoken of', async () => {
  const asked = show({ ...waiting, directors: waiting.directors.map((director) => ({ ...director, confirmation: 'confirmed' })) });
  await expect.poll(() => asked.length, longWait).toBeGreaterThan(0);
  expect(screen.queryByRole('region', { name: messagesOf('en').confirm.region })).toBeNull();
});

function ended(...confirmations: ('confirmed' | 'wentBack')[]): ApplyView {
  const wentBack = { kind: 'wentBack' as const, why: 'notConfirmed' as const, base: 3, steps: [], stepCount: 0, remaining: [], remainingCount: 0, startedAtMs: 0, finishedAtMs: 50_531_000 };
  return {
    ...waiting,
    directors: confirmations.map((confirmation, at) => ({
      directorId: `${at}`, name: `lvs-${at}`, state: 'done', askedAgain: false, planned: [], report: null, refused: null, error: null,
      confirmation, wentBack: confirmation === 'wentBack' ? wentBack : null,
    })),
  };
}

test.each([
  [['wentBack', 'wentBack'], /Went back to revision 3 at \d\d:\d\d:11, because nobody confirmed\./],
  [['confirmed', 'wentBack'], /Partly applied: lvs-1 went back, lvs-0 kept it\./],
  [['confirmed', 'confirmed'], /all 2 directors have acknowledged/],
] as const)('the end of %j is said in words', (confirmations, words) => {
  render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><ConfirmEnd apply={ended(...confirmations)} /></IntlProvider>);
  expect(screen.getByText(words)).not.toBeNull();
});

test('what is left of going back is named, with the commands that would mend it', () => {
  const removed = { address: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 } as const, settings: { scheduler: { name: 'rr' } as const, persistence: null, onePacket: false }, realServers: [] };
  const remaining = [{ kind: 'removeService' as const, service: removed.address, removed }];
  render(
    <IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC">
      <WentBackPart how={{ kind: 'wentBack', why: 'ordered', base: null, steps: [], stepCount: 0, remaining, remainingCount: 1, startedAtMs: 0, finishedAtMs: 1 }} />
    </IntlProvider>,
  );
  expect(screen.getByText(/^Went back to not having this cluster at/)).not.toBeNull();
  expect(screen.getByText('1 operation is left that differs from what it had before.')).not.toBeNull();
  expect(screen.getAllByText('ipvsadm -D -t 10.0.0.1:80').length).toBeGreaterThan(0);
});

test('an apply that runs is asked for often enough that nobody loses the time to answer, and one that waits each second', async () => {
  vi.useFakeTimers();
  try {
    const running = { ...waiting, finishedAt: null, confirm: { withinMs: 30_000, leftMs: null, answer: null }, directors: waiting.directors.map((director) => ({ ...director, confirmation: null })) };
    const states: (ApplySummary | null)[] = [null, running, waiting];
    let asked = 0;
    renderInPanel(<ConfirmBar clusterId="web" />, { person: ada('operator'), answer: () => states[Math.min(asked++, 2)] });
    const askedAfter = async (ms: number): Promise<number> => (await act(() => vi.advanceTimersByTimeAsync(ms)), asked);
    expect(await askedAfter(2_900)).toBe(1);
    expect(await askedAfter(200)).toBe(2);
    expect(await askedAfter(500)).toBe(3);
    expect(screen.getByRole('timer').textContent).toMatch(/^Goes back in/);
    expect(await askedAfter(1_000)).toBe(4);
  } finally {
    vi.useRealTimers();
  }
});
