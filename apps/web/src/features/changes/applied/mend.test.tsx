// @vitest-environment happy-dom
// What a rollback could not undo stands on the page of the change, with the commands that would mend it; and what still goes back by itself says so.
import { cleanup, render, screen } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../../i18n/messages.ts';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';
import { AppliedDirector } from './applied-director.tsx';

afterEach(cleanup);

const removed = { address: { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 } as const, settings: { scheduler: { name: 'rr' } as const, persistence: null, onePacket: false }, realServers: [] };
const failed: ApplyDirectorView = {
  directorId: 'a', name: 'lvs-a', state: 'done', askedAgain: false, planned: [], refused: null, error: null, confirmation: null, wentBack: null,
  report: {
    applyId: 'x', clusterId: 'web', revision: 4, steps: [], accepted: 3, startedAtMs: 0, finishedAtMs: 1,
    outcome: { kind: 'rollbackFailed', undone: [], remaining: [{ kind: 'removeService', service: removed.address, removed }] },
  },
};

function show(director: ApplyDirectorView): string {
  render(<IntlProvider locale="en" messages={messagesOf('en')} timeZone="UTC"><AppliedDirector director={director} clusterId="web" /></IntlProvider>);
  return screen.getByRole('region').textContent;
}

test('a rollback that failed shows what is left, and the commands that would mend it', () => {
  expect(show(failed)).toMatch(/rollback failed.*1 operation still separates.*Commands that would mend it.*ipvsadm -D -t 10\.0\.0\.1:80.*Holds revision 3 now/);
  expect(screen.queryByText('not confirmed')).toBeNull();
});

test('one that the disk refused says that the director still has the change and goes back by itself', () => {
  const waits = { ...failed, confirmation: 'waiting', report: failed.report && { ...failed.report, accepted: 4 } } as const;
  expect(show(waits)).toMatch(/rollback failed.*not confirmed.*The director still has revision 4 and waits: unless it is confirmed it tries to go back by itself\..*Holds revision 4 now/);
});
