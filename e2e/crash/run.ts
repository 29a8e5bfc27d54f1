// A run: kills at random while people save, apply and override, and after each recovery everything that was acknowledged is looked for.
import type { Api } from '../weir/api.ts';
import { until } from '../weir/until.ts';
import { Changer } from './changer.ts';
import { Dice } from './dice.ts';
import { carryOut, describe, type Kill, Moments, plannedKills } from './kills.ts';
import { Book } from './orders.ts';
import { Overrider } from './overrider.ts';
import { makeSite, type Site } from './site.ts';
import { Turns } from './turns.ts';
import { Witness } from './there/witness.ts';

export interface CrashOptions {
  readonly api: Api;
  /** The pid of the Weir whose parts are killed. */
  readonly launcher: number;
  readonly dataDir: string;
  readonly kills: number;
  readonly seed: number;
  /** Around each kill and the recovery after it. */
  readonly step: (what: string, work: () => Promise<void>) => Promise<void>;
}

export interface CrashResult {
  readonly site: Site;
  readonly book: Book;
  readonly witness: Witness;
  readonly kills: readonly Kill[];
  /** From each kill until orders were acknowledged again. */
  readonly recoveriesMs: readonly number[];
  readonly losses: readonly string[];
}

const recoveryDeadlineMs = 90_000;

async function acknowledgedAgain(book: Book): Promise<void> {
  const changes = () => book.acknowledged([...book.revisions, ...book.applies]);
  const overrides = () => book.acknowledged([...book.sets, ...book.ends]);
  const before = [changes(), overrides()] as const;
  await until('revisions and overrides are acknowledged again', recoveryDeadlineMs, () => changes() > before[0] && overrides() > before[1]);
}

export async function crash({ api, launcher, dataDir, kills: count, seed, step }: CrashOptions): Promise<CrashResult> {
  const site = await makeSite(api);
  const [book, moments] = [new Book(), new Moments()];
  const kills = plannedKills(count, new Dice(seed));
  const witness = new Witness(api, site, book, dataDir);
  const parts = { api, site, book, onStep: moments.onStep };
  const changer = new Changer({ ...parts, dice: new Dice(seed + 1) });
  const overrider = new Overrider({ ...parts, dice: new Dice(seed + 2) }, witness.overrides);
  const actors = [new Turns(() => changer.turn()), new Turns(() => overrider.turn())];
  const recoveriesMs: number[] = [];
  const losses = new Map<string, string>();
  for (const [index, kill] of kills.entries()) {
    await step(`${index + 1}: ${describe(kill)}`, async () => {
      if (!kill.hasty) for (const actor of actors) actor.start();
      const runsAgain = await carryOut(kill, launcher, moments);
      const sinceMs = performance.now();
      if (kills[index + 1]?.hasty === true) return;
      await runsAgain();
      await acknowledgedAgain(book);
      recoveriesMs.push(performance.now() - sinceMs);
      await Promise.all(actors.map((actor) => actor.stop()));
      const found = await witness.look(index === kills.length - 1);
      for (const loss of found) if (!losses.has(loss)) losses.set(loss, `after kill ${index + 1}: ${loss}`);
    });
  }
  return { site, book, witness, kills, recoveriesMs, losses: [...losses.values()] };
}
