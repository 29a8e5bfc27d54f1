// The reports of the last applies, and the mark of one that is under way.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ApplyReport } from '@weir/protocol';
import type { ApplyMarker, DataFolder } from '../disk/data-folder.ts';
import { removeFile, storedFile } from '../disk/whole-file.ts';

const KEPT = 20;

type Files = Pick<DataFolder, 'marker' | 'reportsPath'>;

/** `<finished at>-<apply id>.json`, so that the names tell the order without a file being read. */
function parsedName(name: string): { readonly finishedAtMs: number; readonly applyId: string } | null {
  const [, time, applyId] = /^(\d{1,16})-([A-Za-z0-9_-]{1,64})\.json$/.exec(name) ?? [];
  return time === undefined || applyId === undefined ? null : { finishedAtMs: Number(time), applyId };
}

export class Reports {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  async #names(): Promise<string[]> {
    const names = (await readdir(this.#files.reportsPath)).filter((name) => parsedName(name) !== null);
    return names.sort((a, b) => (parsedName(b)?.finishedAtMs ?? 0) - (parsedName(a)?.finishedAtMs ?? 0));
  }

  async find(applyId: string): Promise<ApplyReport | null> {
    const name = (await this.#names()).find((candidate) => parsedName(candidate)?.applyId === applyId);
    return name === undefined ? null : storedFile(join(this.#files.reportsPath, name), ApplyReport).read();
  }

  begin(marker: ApplyMarker): Promise<void> {
    return this.#files.marker.write(marker);
  }

  /** Begun and not yet reported, by this process or by one that ended in its middle. */
  async underWay(applyId: string): Promise<boolean> {
    return (await this.#files.marker.read())?.applyId === applyId;
  }

  /** The apply that was under way when the agent ended, if it has no report. */
  async interrupted(): Promise<ApplyMarker | null> {
    const marker = await this.#files.marker.read();
    if (marker === null || await this.find(marker.applyId) === null) return marker;
    await this.#files.marker.remove();
    return null;
  }

  /** From here on what is held does not tell how far the change came. */
  async beginRollingBack(): Promise<void> {
    const marker = await this.#files.marker.read();
    if (marker !== null) await this.#files.marker.write({ ...marker, accepting: null });
  }

  /** Nothing had been done yet. */
  abandon(): Promise<void> {
    return this.#files.marker.remove();
  }

  async finish(report: ApplyReport): Promise<void> {
    const { reportsPath, marker } = this.#files;
    await storedFile(join(reportsPath, `${report.finishedAtMs}-${report.applyId}.json`), ApplyReport).write(report);
    await marker.remove();
    for (const name of (await this.#names()).slice(KEPT)) await removeFile(join(reportsPath, name));
  }
}
