// Persistent configuration of a real server's host: files, and what of it a format has no words for.

export interface ConfigFile {
  /** Null: the file that configures the interface with the RIP, whatever its name is there. */
  readonly path: string | null;
  /** False: lines to add to a file that is there. */
  readonly whole: boolean;
  readonly text: string;
}

export interface PersistentConfig {
  readonly files: readonly ConfigFile[];
  /** Tunnel interfaces and GUE ports that only the script can make. */
  readonly byScript: readonly string[];
}

export function wholeFile(path: string, lines: readonly string[]): ConfigFile {
  return { path, whole: true, text: `${lines.join('\n')}\n` };
}

export function addedLines(path: string | null, lines: readonly string[]): ConfigFile {
  return { path, whole: false, text: `${lines.join('\n')}\n` };
}
