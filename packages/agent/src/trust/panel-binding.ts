// Which panel this agent obeys. `weir-agent enrol --reset` takes that back from beside a running daemon, so the file is the truth.
import { stat } from 'node:fs/promises';
import type { BoundPanel } from '../disk/data-folder.ts';
import { errnoOf } from '../disk/error.ts';
import type { StoredFile } from '../disk/whole-file.ts';

export class PanelBinding {
  readonly #file: StoredFile<BoundPanel>;
  #known: { readonly version: string; readonly panel: BoundPanel | null } | null = null;

  constructor(file: StoredFile<BoundPanel>) {
    this.#file = file;
  }

  /** Changes whenever the file is replaced. */
  async #version(): Promise<string> {
    try {
      const { ino, mtimeNs, size } = await stat(this.#file.path, { bigint: true });
      return `${ino} ${mtimeNs} ${size}`;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return 'none';
      throw error;
    }
  }

  /** The bound panel, or null before enrolment and after a reset. */
  async current(): Promise<BoundPanel | null> {
    const version = await this.#version();
    if (this.#known?.version !== version) this.#known = { version, panel: await this.#file.read() };
    return this.#known.panel;
  }

  async bind(panel: BoundPanel): Promise<void> {
    await this.#file.write(panel);
  }

  async release(): Promise<void> {
    await this.#file.remove();
  }
}
