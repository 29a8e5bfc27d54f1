// @vitest-environment happy-dom
// A page whose stream comes back in another person's session follows nothing any more.
import { QueryClient } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { createTRPCClient, TRPCClientError, type OperationResultEnvelope, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { afterEach, expect, test, vi } from 'vitest';
import type { AppRouter } from '../../server/router.ts';
import { TRPCProvider } from '../../trpc/client.ts';
import { PersonProvider } from '../session/person.tsx';
import { useSignedOut } from '../session/signed-out.ts';
import { LiveProvider, useLiveState } from './live-provider.tsx';

afterEach(cleanup);

interface Stream {
  readonly say: (result: OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>['result']) => void;
  left: boolean;
}

function State() {
  const { link } = useLiveState();
  return <p>{`${useSignedOut() ? 'signed out' : 'signed in'}, ${link}`}</p>;
}

function open(me: { id: string }): Stream[] {
  const streams: Stream[] = [];
  const panel: TRPCLink<AppRouter> = () => ({ op: { type } }) => observable((observer) => {
    if (type !== 'subscription') {
      observer.next({ result: { type: 'data', data: me } });
      observer.complete();
      return undefined;
    }
    const stream: Stream = { say: (result) => observer.next({ result }), left: false };
    streams.push(stream);
    return () => { stream.left = true; };
  });
  const queryClient = new QueryClient();
  render(
    <TRPCProvider queryClient={queryClient} trpcClient={createTRPCClient<AppRouter>({ links: [panel] })}>
      <PersonProvider person={{ id: 'ann', name: 'Ann', email: 'ann@weir.test', role: 'viewer', clusterIds: null }}>
        <LiveProvider><State /></LiveProvider>
      </PersonProvider>
    </TRPCProvider>,
  );
  return streams;
}

function lostAndBack({ say }: Stream): void {
  say({ type: 'data', data: { kind: 'open', streamId: 's1' } });
  say({ type: 'state', state: 'connecting', error: new TRPCClientError('lost') });
  say({ type: 'data', data: { kind: 'open', streamId: 's2' } });
}

const settled = () => act(() => new Promise<void>((resolve) => { setTimeout(resolve); }));

test('the same person goes on, another one ends it', async () => {
  const [own] = open({ id: 'ann' });
  if (own === undefined) throw new Error('no stream was opened');
  act(() => lostAndBack(own));
  await settled();
  expect([own.left, screen.getByText(/signed/).textContent]).toEqual([false, 'signed in, live']);
  cleanup();
  const streams = open({ id: 'bob' });
  for (const stream of streams) act(() => lostAndBack(stream));
  await vi.waitFor(() => expect(screen.getByText(/signed/).textContent).toBe('signed out, reconnecting'));
  expect(streams.map(({ left }) => left)).toEqual([true]);
});
