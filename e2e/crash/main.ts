// `npm run crash -- --kills 100 --seed 7`: starts a Weir of its own, kills its parts at random, and says what is missing.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Api } from '../weir/api.ts';
import { administrator } from '../weir/people.ts';
import { running } from '../weir/running.ts';
import { endWeir, startWeir } from '../weir/process/start.ts';
import { crash } from './run.ts';
import { summary } from './summary.ts';

const Options = z.object({ kills: z.coerce.number().int().min(1).max(10_000), seed: z.coerce.number().int().min(0).max(2 ** 32 - 1) });

async function makeAdministrator(): Promise<Api> {
  const token = new URL(running().setupLink).searchParams.get('token');
  await new Api('').mutate('setup.createAdmin', z.unknown(), { token, ...administrator });
  return Api.signedIn(administrator);
}

async function step(what: string, work: () => Promise<void>): Promise<void> {
  const sinceMs = performance.now();
  process.stdout.write(`${what} … `);
  await work();
  process.stdout.write(`${((performance.now() - sinceMs) / 1_000).toFixed(1)} s\n`);
}

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: String(Date.now() % 2 ** 32) } } });
const { kills, seed } = Options.parse(values);
process.stdout.write(`seed ${seed}\n`);
await startWeir();
let missing = true;
try {
  const result = await crash({ api: await makeAdministrator(), ...running(), kills, seed, step });
  missing = result.losses.length > 0;
  process.stdout.write(`\nseed ${seed}\n${summary(result)}\n`);
} finally {
  if (missing) process.stdout.write(`What Weir kept and wrote is in ${running().dataDir}\n`);
  await endWeir({ keep: missing });
}
process.exitCode = missing ? 1 : 0;
