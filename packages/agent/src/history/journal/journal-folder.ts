// The files of the journal: which intervals are on the disk, and how they come and go.
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Id } from '@weir/model';
import { z } from 'zod';
import { removeLeftovers } from '../../disk/folder.ts';
import { readBytes, storedFile, writeWhole } from '../../disk/whole-file.ts';
import type { StoredFile } from '../../disk/whole-file.ts';

const sequence = z.int().min(1);

/** What is true of the journal beside its files. */
export const JournalState = z.strictObject({
  format: z.literal(1), journalId: Id,
  /** Up to here a panel has everything. */
  committed: z.int().min(0),
  /** The highest that is gone and that no panel had. */
  dropped: sequence.nullable(),
});
export type JournalState = z.infer<typeof JournalState>;

/** An interval on the disk. */
export interface Kept {
  readonly sequence: number;
  readonly startMs: number;
  readonly bytes: number;
}

interface Named {
  readonly sequence: number;
  readonly startMs: number;
  readonly kind: 'interval' | 'shown';
}

function nameOf({ sequence: number, startMs, kind }: Named): string {
  return `${number}-${startMs}.${kind}`;
}

function parsedName(name: string): Named | null {
  const [, number, startMs, kind] = /^([1-9]\d{0,14})-(\d{1,15})\.(interval|shown)$/.exec(name) ?? [];
  return number === undefined || startMs === undefined ? null : { sequence: Number(number), startMs: Number(startMs), kind: kind === 'shown' ? kind : 'interval' };
}

export class JournalFolder {
  readonly #path: string;
  readonly state: StoredFile<JournalState>;

  private constructor(folder: string) {
    this.#path = folder;
    this.state = storedFile(path.join(folder, 'journal.json'), JournalState);
  }

  static async open(folder: string): Promise<JournalFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await removeLeftovers(folder);
    return new JournalFolder(folder);
  }

  /** In order. */
  async intervals(): Promise<Kept[]> {
    const found = (await this.#named('interval')).map(async (named) => ({ ...named, bytes: (await stat(this.#at(named))).size }));
    return (await Promise.all(found)).sort((a, b) => a.sequence - b.sequence);
  }

  #at(named: Named): string {
    return path.join(this.#path, nameOf(named));
  }

  async #named(kind: Named['kind']): Promise<Named[]> {
    return (await readdir(this.#path)).flatMap((name) => parsedName(name) ?? []).filter((named) => named.kind === kind);
  }

  /** Those two make an interval: what it counted, and where the next one goes on. The second is there before the first, so an interval never counts twice. */
  async write({ sequence: number, startMs }: Omit<Kept, 'bytes'>, { interval, shown }: { readonly interval: Buffer; readonly shown: Buffer }): Promise<void> {
    await writeWhole(this.#at({ sequence: number, startMs, kind: 'shown' }), shown);
    await writeWhole(this.#at({ sequence: number, startMs, kind: 'interval' }), interval);
    await this.keepShown(number);
  }

  readInterval({ sequence: number, startMs }: Kept): Promise<Buffer | null> {
    return readBytes(this.#at({ sequence: number, startMs, kind: 'interval' }));
  }

  /** Of the interval with this sequence, which may be gone itself; null: there is none. */
  async readShown(number: number): Promise<Buffer | null> {
    const named = (await this.#named('shown')).find((one) => one.sequence === number);
    return named === undefined ? null : readBytes(this.#at(named));
  }

  /** Removes all that belong to other intervals. */
  async keepShown(number: number): Promise<void> {
    for (const named of await this.#named('shown')) if (named.sequence !== number) await rm(this.#at(named), { force: true });
  }

  /** Not made sure of: what comes back after a power cut is removed again. */
  async remove(intervals: readonly Kept[]): Promise<void> {
    for (const { sequence: number, startMs } of intervals) await rm(this.#at({ sequence: number, startMs, kind: 'interval' }), { force: true });
  }
}
