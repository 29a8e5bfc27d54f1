// A script where the process that should run it has nothing left to run it with.
import { expect, it } from 'vitest';
import { Attempt } from '../../attempt/attempt.ts';
import { Received } from '../../attempt/received.ts';
import { runAsNobody } from './as-nobody.ts';
import { descriptorLimit } from '../../../../testing/descriptor-limit.ts';

it.skipIf(process.platform !== 'linux')('asks nothing, and nothing falls over, where there is no descriptor left for a script', async () => {
  const limit = descriptorLimit();
  const attempt = new Attempt(20_000);
  await limit('3');
  try {
    runAsNobody(attempt, ['/bin/true'], {}, new Received());
  } finally {
    await limit('1024');
  }
  expect((await attempt.answer).result).toMatchObject({ kind: 'failed', failure: 'noResources' });
});
