// What `npm run backup` and `npm run restore` take and what they refuse.
import path from 'node:path';
import { expect, it } from 'vitest';
import { readBackupOptions } from './backup-options.mjs';

it('takes a file, a data folder and a database', () => {
  expect(readBackupOptions(['backup', 'file'], {})).toEqual({ command: 'backup', file: path.resolve('file'), dataDir: path.resolve('.weir'), databaseUrl: null });
  expect(readBackupOptions(['restore', '--data', '/data', '/file'], { DATABASE_URL: 'postgresql://db' })).toEqual({
    command: 'restore', file: '/file', dataDir: '/data', databaseUrl: 'postgresql://db',
  });
  expect(readBackupOptions(['restore', '--help'], {})).toBe('help');
});

it.each([
  [['backup'], 'Give one file'],
  [['backup', ''], 'Give one file'],
  [['restore', 'one', 'two'], 'Give one file'],
  [['backup', '--no-such', 'file'], "Unknown option '--no-such'"],
  [['erase', 'file'], 'Give backup or restore'],
])('refuses %j', (args, sentence) => {
  expect(() => readBackupOptions(args, {})).toThrow(sentence);
});
