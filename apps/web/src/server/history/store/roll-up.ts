// Makes what is coarser of what is finer, in the transaction that wrote it: a stretch that is over of all its rows, one that was over already by adding what came late.
import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { joinBlocks } from '../block.ts';
import { unpackReadable } from '../pack/pack.ts';
import type { Block } from '../pack/pack.ts';
import { floorTo, tiersOf } from '../tiers.ts';
import type { Kind } from '../tiers.ts';
import { addBlocks, readWithin } from './blocks.ts';

/** By the director's clock. Null: nothing was whole before. */
export interface Whole {
  readonly beforeMs: number | null;
  readonly nowMs: number;
}

/** `added`: what came in the finest tier, by where it starts. */
export async function writeAndRollUp(client: PoolClient, directorNumber: number, kind: Kind, added: ReadonlyMap<number, Block>, whole: Whole): Promise<void> {
  const [finest, ...coarser] = tiersOf[kind];
  if (finest === undefined) return;
  let finer = { directorNumber, kind, lengthMs: finest.lengthMs };
  await addBlocks(client, finer, added);
  for (const { lengthMs } of coarser) {
    const shelf = { directorNumber, kind, lengthMs };
    await addBlocks(client, shelf, late(added, lengthMs, whole));
    await addBlocks(client, shelf, await over(client, finer, starts(added.keys(), lengthMs, whole), lengthMs));
    finer = shelf;
  }
}

function isOver(startMs: number, lengthMs: number, atMs: number | null): boolean {
  return atMs !== null && startMs + lengthMs <= atMs;
}

function late(added: ReadonlyMap<number, Block>, lengthMs: number, { beforeMs }: Whole): Map<number, Block> {
  const blocks = new Map<number, Block>();
  for (const [at, block] of added) {
    const start = floorTo(at, lengthMs);
    if (isOver(start, lengthMs, beforeMs)) join(blocks, start, block);
  }
  return blocks;
}

function join(blocks: Map<number, Block>, start: number, block: Block): void {
  const before = blocks.get(start);
  blocks.set(start, before === undefined ? block : joinBlocks([before, block]));
}

/** Of what came now, and of what came last before. */
function starts(added: Iterable<number>, lengthMs: number, { beforeMs, nowMs }: Whole): number[] {
  const touched = [...added, ...(beforeMs === null ? [] : [beforeMs - 1])].map((at) => floorTo(at, lengthMs));
  return [...new Set(touched)].filter((start) => isOver(start, lengthMs, nowMs) && !isOver(start, lengthMs, beforeMs));
}

/** A row that nobody can read is left out. */
async function over(client: PoolClient, finer: Parameters<typeof readWithin>[1], from: readonly number[], lengthMs: number): Promise<Map<number, Block>> {
  const blocks = new Map<number, Block>();
  if (from.length === 0) return blocks;
  for (const { withinMs, packed } of await readWithin(client, finer, from, lengthMs)) {
    const block = unpackReadable(packed);
    if (block !== null) join(blocks, withinMs, block);
    // Of the largest director it takes a while, and others wait for the panel too.
    await setImmediate();
  }
  return blocks;
}
