// @vitest-environment happy-dom
// Panels, questions and messages as a person and assistive technology meet them.
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { TextInput } from '../controls/text-input.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';
import { Panel } from './panel.tsx';
import { Stale } from './stale.tsx';
import { ToastRegion, useToast } from './toast.tsx';

// A busy machine draws late.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

test('a panel is a region named by its title', () => {
  render(<Panel title="Virtual services" sub="42 · 1 down">rows</Panel>);
  expect(screen.getByRole('region', { name: 'Virtual services' })).toBeTruthy();
});

function Removal({ onConfirm }: { onConfirm: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>Remove</button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Remove 2 real servers from web-edge"
        effect="318 connections end."
        confirmLabel="Remove 2 servers"
        cancelLabel="Cancel"
        onConfirm={onConfirm}
        danger
      />
    </>
  );
}

test('a question names object and effect, and the focus is on Cancel', async () => {
  const confirm = vi.fn<() => void>();
  render(<Removal onConfirm={confirm} />);
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove 2 real servers from web-edge' });
  expect(dialog.textContent).toContain('318 connections end.');
  const cancel = screen.getByRole('button', { name: 'Cancel' });
  await waitFor(() => expect(document.activeElement).toBe(cancel));
  fireEvent.click(cancel);
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(confirm).not.toHaveBeenCalled();
});

test('only the verb confirms', async () => {
  const confirm = vi.fn<() => void>();
  render(<Removal onConfirm={confirm} />);
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  const dialog = await screen.findByRole('alertdialog');
  fireEvent.keyDown(dialog, { key: 'Enter' });
  expect(confirm).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Remove 2 servers' }));
  expect(confirm).toHaveBeenCalledOnce();
});

test('a dialog begins at the first thing to fill in and closes by its sign', async () => {
  const change = vi.fn<(open: boolean) => void>();
  render(
    <Dialog open onOpenChange={change} title="Add a real server" closeLabel="Close">
      <TextInput aria-label="RIP" />
    </Dialog>,
  );
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('RIP')));
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(change).toHaveBeenCalledWith(false);
});

test('an error says what, why and what to do, offers the retry and its details', () => {
  const retry = vi.fn<() => void>();
  render(
    <Notice
      tone="error"
      what="Apply failed on lvs-a"
      why="The agent did not answer within 5 s."
      todo="Start the agent."
      action={{ label: 'Retry', onAction: retry }}
      details={{ label: 'Details', text: 'ECONNREFUSED', copyLabel: 'Copy details', copiedLabel: 'Copied', failedLabel: 'Not copied' }}
    />,
  );
  const alert = screen.getByRole('alert');
  for (const text of ['Apply failed on lvs-a', 'within 5 s', 'Start the agent', 'ECONNREFUSED']) expect(alert.textContent).toContain(text);
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  expect(retry).toHaveBeenCalledOnce();
});

test('stale content stays readable and says since when', () => {
  const { rerender, container } = render(<Stale since="lvs-b last seen 14:02:11"><p>12.4k</p></Stale>);
  expect(screen.getByText('lvs-b last seen 14:02:11')).toBeTruthy();
  expect(container.querySelector('.weir-stale')?.textContent).toBe('12.4k');
  rerender(<Stale since={null}><p>12.4k</p></Stale>);
  expect(container.textContent).toBe('12.4k');
  expect(container.querySelector('.weir-stale')).toBeNull();
});

test('a toast says what was done and its action undoes it once', async () => {
  const undo = vi.fn<() => void>();
  function Weight() {
    const toast = useToast();
    return <button type="button" onClick={() => toast({ text: 'Weight set to 0', action: { label: 'Undo', onAction: undo } })}>Set</button>;
  }
  render(<ToastRegion label="Notifications" closeLabel="Close"><Weight /></ToastRegion>);
  act(() => screen.getByRole('button', { name: 'Set' }).click());
  expect((await screen.findAllByText('Weight set to 0')).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByText('Undo'));
  expect(undo).toHaveBeenCalledOnce();
  await waitFor(() => expect(screen.queryByText('Undo')).toBeNull());
});

function Said() {
  const toast = useToast();
  return <button type="button" onClick={() => toast({ text: 'Weight set to 0' })}>Set</button>;
}

test('the button that closes a toast is there for assistive technology too, for it can be reached with the keyboard', async () => {
  render(<ToastRegion label="Notifications" closeLabel="Close"><Said /></ToastRegion>);
  fireEvent.click(screen.getByText('Set'));
  fireEvent.click(await screen.findByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByText('Weight set to 0')).toBeNull());
});
