// A forwarder that does not answer: callers are told in time, it owes no more than so many answers, and connections hold up nothing else.
import { ForwarderError, ProxyForwarder } from '@weir/forwarder';
import { FaultyForwarder } from '@weir/forwarder/faulty';
import type { Troubles } from '@weir/forwarder/faulty';
import { expect, it, onTestFinished } from 'vitest';
import { guarded } from './guarded-forwarder.ts';

function hanging(name: Parameters<NonNullable<Troubles['call']>>[0]): ReturnType<typeof guarded> {
  const inner = new FaultyForwarder(new ProxyForwarder(), { call: (called) => (called === name ? 'hang' : null) });
  onTestFinished(() => inner.close());
  return guarded(inner, 50);
}

it('what is not answered within its time is an error, and so is what is asked while too much is owed', async () => {
  const forwarder = hanging('read');
  const asked = Array.from({ length: 9 }, () => forwarder.read().catch((error: unknown) => error));
  expect(await asked.at(-1)).toEqual(new ForwarderError('read', 'it still owes 8 answers'));
  expect(await asked[0]).toEqual(new ForwarderError('read', 'no answer within 0.05 s'));
});

it('whoever waits for connections keeps nobody from reading', async () => {
  const forwarder = hanging('connections');
  const asked = Array.from({ length: 33 }, () => forwarder.connections(1).catch((error: unknown) => error));
  expect(await asked.at(-1)).toEqual(new ForwarderError('connections', 'it still owes 32 answers'));
  expect(await forwarder.read()).toEqual({ services: [], others: [] });
  expect((await forwarder.sample()).services).toEqual([]);
});
