// The folder of one agent, and what other users of the host can do to its lock.
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/bench.ts';
import { isHeld, lockFolder } from './folder.ts';

it('tells a second agent which process holds the folder, until it lets go', async () => {
  const folder = await temporaryFolder();
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`another agent (process ${process.pid}) is running on it`);
  expect(await isHeld(folder)).toBe(true);
  await unlock();
  expect(await isHeld(folder)).toBe(false);
  await (await lockFolder(folder))();
});

it('keeps no connection of somebody who looks at the lock and stays', async () => {
  const folder = await temporaryFolder();
  const unlock = await lockFolder(folder);
  const { dev, ino } = await stat(folder, { bigint: true });
  const visitor = connect({ path: `\0weir-agent-${dev}-${ino}`, allowHalfOpen: true });
  onTestFinished(() => { visitor.destroy(); });
  visitor.resume();
  await once(visitor, 'end');
  const refused = once(visitor, 'error');
  const knocking = setInterval(() => visitor.write('x'), 10);
  onTestFinished(() => clearInterval(knocking));
  expect(await refused).toMatchObject([{ code: 'EPIPE' }]);
  await unlock();
});
