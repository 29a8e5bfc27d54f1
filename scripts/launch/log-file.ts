// The log file of a child: one before is kept, it never grows beyond its bound, and its last lines say why a start failed.
import { copyFile, open, rename, stat, truncate } from 'node:fs/promises';

const limitBytes = 20_000_000;
const checkIntervalMs = 60_000;
const shownLines = 20;

/** At the start of Weir: the log of the last time becomes `.1`. */
export async function rotateLog(file: string): Promise<void> {
  await rename(file, `${file}.1`).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
}

/** While it runs: children append, so a file that was emptied goes on from its start. */
export function boundLogs(files: readonly string[]): () => void {
  const timer = setInterval(() => {
    for (const file of files) void boundLog(file).catch(() => undefined);
  }, checkIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

async function boundLog(file: string): Promise<void> {
  if ((await stat(file)).size <= limitBytes) return;
  await copyFile(file, `${file}.1`);
  await truncate(file);
}

export async function logSize(file: string): Promise<number> {
  return (await stat(file).catch(() => ({ size: 0 }))).size;
}

/** What a child that failed said for people: its plain lines, or if there are none the last of its structured ones. */
export async function lastWords(file: string, fromByte: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(fromByte, size - 64_000);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, size - start)), 0, null, start);
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n').filter((line) => line.trim() !== '');
    const plain = lines.filter((line) => !line.startsWith('{"'));
    return (plain.length > 0 ? plain : lines).slice(-shownLines).join('\n');
  } finally {
    await handle.close();
  }
}
