import type { Fault, Operation } from '@weir/model';
import { expect, test } from 'vitest';
import { FaultyForwarder } from './faulty.ts';
import type { Troubles } from './faulty.ts';
import { ForwarderError } from './forwarder.ts';
import { openForwarder } from './registry.ts';

const fault: Fault = { code: 'unexpected', message: 'told to fail', errno: 'EIO' };

function add(port: number): Operation {
  return {
    kind: 'addService', service: { kind: 'address', protocol: 'tcp', vip: '127.0.46.200', port },
    settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false },
  };
}

async function faulty(troubles: Troubles): Promise<FaultyForwarder> {
  return new FaultyForwarder(await openForwarder('proxy', {}), troubles);
}

test('refuses the operations it is told to, and only those reach nobody', async () => {
  const forwarder = await faulty({ operation: ({ service }) => (service.kind === 'address' && service.port === 20_102 ? fault : null) });
  const operations = [20_101, 20_102, 20_103].map(add);
  const failed = { status: 'failed', fault };
  expect(await forwarder.apply(operations.slice(1), { onFailure: 'rollBack' })).toEqual([failed, { status: 'skipped', why: 'failureBefore' }]);
  expect(await forwarder.apply(operations, { onFailure: 'goOn' })).toEqual([{ status: 'done' }, failed, { status: 'done' }]);
  expect((await forwarder.read()).services).toHaveLength(2);
  await forwarder.close();
});

test('breaks the calls it is told to', async () => {
  const forwarder = await faulty({ call: (name) => (name === 'sample' ? new ForwarderError(name, 'told to break') : null) });
  await expect(forwarder.sample()).rejects.toThrow('told to break');
  expect(await forwarder.read()).toEqual({ services: [], others: [] });
  await forwarder.close();
});

test('hangs where it is told to, until it is closed', async () => {
  const forwarder = await faulty({ operation: () => 'hang', call: (name) => (name === 'read' ? 'hang' : null) });
  const hanging = Promise.allSettled([forwarder.read(), forwarder.apply([add(20_104)], { onFailure: 'goOn' })]);
  expect((await forwarder.sample()).services).toEqual([]);
  await forwarder.close();
  expect((await hanging).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
