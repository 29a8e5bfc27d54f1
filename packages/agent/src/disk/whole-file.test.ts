// Files that are there whole or not at all.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../testing/bench.ts';
import { storedFile } from './whole-file.ts';

it('refuses to write what it could not read again, and keeps what is there', async () => {
  const folder = await temporaryFolder();
  const file = storedFile(join(folder, 'file.json'), z.string());
  await file.write('before');
  await expect(file.write('x'.repeat(256 * 1_048_576))).rejects.toThrow(/Cannot write .+file\.json: it would be larger than/);
  expect(await file.read()).toBe('before');
  expect(await readdir(folder)).toEqual(['file.json']);
});
